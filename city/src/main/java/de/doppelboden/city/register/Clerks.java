package de.doppelboden.city.register;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Log-in and sessions of the clerks. Sessions outlive a restart; the database knows only their hashes. */
final class Clerks {

    private static final int REMEMBERED = 10_000;

    /** Who is logged in. */
    record Known(String login, String name, String office, List<String> roles, List<String> rights) {
        boolean seesBlocked() {
            return rights.contains("sperre.sehen");
        }
    }

    private final RegisterDatabase database;
    private final RandomGenerator random;
    private final Map<String, Known> sessions = new ConcurrentHashMap<>();

    Clerks(RegisterDatabase database, RandomGenerator random) {
        this.database = database;
        this.random = random;
    }

    /** A new session's token; empty when the log-in is wrong. */
    Optional<String> logIn(String login, String password) throws SQLException {
        try (Connection connection = database.connection()) {
            String stored = "";
            try (PreparedStatement select = connection.prepareStatement(
                    "select kennwort from register.sachbearbeiter where kennung = ? and aktiv")) {
                select.setString(1, login);
                try (ResultSet row = select.executeQuery()) {
                    stored = row.next() ? row.getString(1) : "";
                }
            }
            if (!PasswordHash.matches(password, stored)) {
                return Optional.empty();
            }
            return Optional.of(open(connection, login));
        }
    }

    private String open(Connection connection, String login) throws SQLException {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into register.sitzung (pruefsumme, kennung) values (?, ?)")) {
            insert.setString(1, hash(token));
            insert.setString(2, login);
            insert.executeUpdate();
        }
        return token;
    }

    void logOut(String token) throws SQLException {
        sessions.remove(token);
        try (Connection connection = database.connection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from register.sitzung where pruefsumme = ?")) {
            delete.setString(1, hash(token));
            delete.executeUpdate();
        }
    }

    /** Whose session it is; sessions end after ten hours. */
    Optional<Known> of(String token) throws SQLException {
        Known remembered = sessions.get(token);
        if (remembered != null || token.isEmpty()) {
            return Optional.ofNullable(remembered);
        }
        Optional<Known> known = known(
                "kennung = (select kennung from register.sitzung where pruefsumme = ? and seit > now() - interval '10 hours')",
                hash(token));
        if (sessions.size() >= REMEMBERED) {
            sessions.clear();
        }
        known.ifPresent(clerk -> sessions.put(token, clerk));
        return known;
    }

    /** The active clerk of this log-in name. */
    Optional<Known> named(String login) throws SQLException {
        return known("kennung = ?", login);
    }

    private Optional<Known> known(String condition, String value) throws SQLException {
        String sql = "select kennung, name, dienststelle, rollen, rechte from register.sachbearbeiter where aktiv and ";
        try (Connection connection = database.connection();
                PreparedStatement select = connection.prepareStatement(sql + condition)) {
            select.setString(1, value);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Known(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                list(row.getArray(4)),
                                list(row.getArray(5))))
                        : Optional.empty();
            }
        }
    }

    private static List<String> list(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static String hash(String token) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
