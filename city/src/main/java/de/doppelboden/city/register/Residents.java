package de.doppelboden.city.register;

import de.doppelboden.city.population.Resident;
import de.doppelboden.city.population.Resident.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads residents. Who may not see blocked persons gets the answer that she would get if they did not exist. */
final class Residents {

    private final RegisterDatabase database;

    Residents(RegisterDatabase database) {
        this.database = database;
    }

    /** In the order of their numbers, at most {@link Question#MOST_HITS}. */
    List<Held> search(Question question) throws SQLException {
        var where = new Where();
        name(where, question.familyName(), "(such_familie %1$s or such_geburt %1$s)", 2);
        name(where, question.forename(), "exists (select from unnest(such_vornamen) v where v %1$s)", 1);
        where.equal("geburtsdatum", question.birthDate());
        where.equal("geschlecht", question.gender());
        where.equal("plz", question.postalCode());
        where.equal("ort", question.town());
        where.plain(
                switch (question.status()) {
                    case LIVING -> "verstorben is null";
                    case DECEASED -> "verstorben is not null";
                    case ANY -> "true";
                });
        if (!question.seesBlocked()) {
            where.plain("not auskunftssperre");
        }
        String sql = "select * from register.resident where " + where + " order by om limit " + Question.MOST_HITS;
        try (Connection connection = database.connection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            where.fill(select);
            return read(select);
        }
    }

    private static void name(Where where, String typed, String condition, int times) {
        String form = SearchForm.of(typed);
        if (form.isEmpty()) {
            return;
        }
        boolean begins = typed.strip().endsWith("*");
        for (int i = 0; i < times; i++) {
            where.value(begins ? form + "%" : form);
        }
        where.plain(condition.formatted(begins ? "like ?" : "= ?"));
    }

    Optional<Held> find(long om, boolean seesBlocked) throws SQLException {
        try (Connection connection = database.connection()) {
            return find(connection, om, false).filter(held -> seesBlocked || !held.blocked());
        }
    }

    /** In a transaction of the caller's; locked, she is the caller's until the end of it. */
    static Optional<Held> find(Connection connection, long om, boolean lock) throws SQLException {
        String sql = "select * from register.resident where om = ?" + (lock ? " for update" : "");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, om);
            return read(select).stream().findFirst();
        }
    }

    /** A living person of these names and this birth date. */
    static Optional<Held> same(Connection connection, String familyName, String forenames, String birthDate)
            throws SQLException {
        String sql = "select * from register.resident where such_familie = ? and vornamen = ? and geburtsdatum = ? "
                + "and verstorben is null order by om limit 1";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, SearchForm.of(familyName));
            select.setString(2, forenames);
            select.setString(3, birthDate);
            return read(select).stream().findFirst();
        }
    }

    private static List<Held> read(PreparedStatement select) throws SQLException {
        var found = new ArrayList<Held>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(new Held(
                        resident(row),
                        row.getLong("stand"),
                        row.getObject("geaendert", OffsetDateTime.class).toInstant()));
            }
        }
        return found;
    }

    private static Resident resident(ResultSet row) throws SQLException {
        return new Resident(
                row.getLong("om"),
                row.getString("familienname"),
                row.getString("geburtsname"),
                row.getString("fruehere_namen"),
                row.getString("vornamen"),
                row.getString("rufname"),
                row.getString("doktorgrad"),
                row.getString("geburtsdatum"),
                row.getString("geburtsort"),
                row.getString("geschlecht"),
                row.getString("staatsangehoerigkeit"),
                new Address(
                        row.getString("strasse"),
                        row.getString("hausnummer"),
                        row.getString("zusatz"),
                        row.getString("plz"),
                        row.getString("ort")),
                row.getObject("einzug", LocalDate.class),
                row.getObject("verstorben", LocalDate.class),
                row.getBoolean("auskunftssperre") ? row.getString("sperre_grund") : null,
                row.getBoolean("auskunftssperre") ? row.getObject("sperre_seit", LocalDate.class) : null);
    }

    /** Conditions that must all hold, with their values in the order of the question marks. */
    private static final class Where {
        private final List<String> conditions = new ArrayList<>();
        private final List<String> values = new ArrayList<>();

        void plain(String condition) {
            conditions.add(condition);
        }

        void value(String value) {
            values.add(value);
        }

        void equal(String column, String value) {
            if (!value.isEmpty()) {
                plain(column + " = ?");
                value(value);
            }
        }

        void fill(PreparedStatement statement) throws SQLException {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
        }

        @Override
        public String toString() {
            return String.join(" and ", conditions);
        }
    }
}
