package de.doppelboden.city.register;

import de.doppelboden.city.population.Resident.Address;
import de.doppelboden.city.register.Order.Arrival;
import de.doppelboden.city.register.Order.Block;
import de.doppelboden.city.register.Order.CivilAct;
import de.doppelboden.city.register.Order.Move;
import de.doppelboden.city.register.Order.Outcome;
import de.doppelboden.city.register.Order.Sender;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Carries orders out, each in one transaction together with its entry in the table of orders, and each key once. */
final class Orders {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** An order that was carried out. */
    record Carried(long number, String kind, long om, long stand, Instant at) {}

    private final RegisterDatabase database;

    Orders(RegisterDatabase database) {
        this.database = database;
    }

    Outcome carryOut(Order order, Sender sender) throws SQLException {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            try {
                Outcome outcome = within(connection, order, sender);
                if (outcome instanceof Outcome.Done) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return outcome;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** The insertion comes first: a second sender of the same key waits at it until the first has committed. */
    private static Outcome within(Connection connection, Order order, Sender sender) throws SQLException {
        String content = JSON.writeValueAsString(order);
        long om = om(connection, order);
        Optional<Long> number = insert(connection, order.kind(), om, content, sender);
        if (number.isEmpty()) {
            return earlier(connection, order.kind(), content, sender.key());
        }
        Outcome outcome = effect(connection, order, sender, new Effect(number.get(), om));
        if (outcome instanceof Outcome.Done done) {
            update(
                    connection,
                    "update register.auftrag set stand = ? where schluessel = ?",
                    done.stand(),
                    sender.key());
        }
        return outcome;
    }

    private record Effect(long number, long om) {
        Outcome.Done done(long stand) {
            return new Outcome.Done(number, om, stand, false);
        }
    }

    private static long om(Connection connection, Order order) throws SQLException {
        return switch (order) {
            case Move move -> move.om();
            case Block block -> block.om();
            case CivilAct act -> act.om();
            case Arrival arrival -> {
                try (PreparedStatement next = connection.prepareStatement("select nextval('register.om')");
                        ResultSet row = next.executeQuery()) {
                    row.next();
                    yield row.getLong(1);
                }
            }
        };
    }

    private static Optional<Long> insert(Connection connection, String kind, long om, String content, Sender sender)
            throws SQLException {
        String sql = """
                insert into register.auftrag (schluessel, art, om, stand, inhalt, kennung, dienststelle, eingang, weg)
                values (?, ?, ?, 0, ?::jsonb, ?, ?, ?, ?) on conflict (schluessel) do nothing returning nummer""";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, sender.key());
            insert.setString(2, kind);
            insert.setLong(3, om);
            insert.setString(4, content);
            insert.setString(5, sender.clerk());
            insert.setString(6, sender.office());
            insert.setObject(7, OffsetDateTime.ofInstant(sender.received(), ZoneOffset.UTC));
            insert.setString(8, sender.way());
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private static Outcome earlier(Connection connection, String kind, String content, String key) throws SQLException {
        String sql =
                "select nummer, om, stand, art = ? and inhalt = ?::jsonb from register.auftrag where schluessel = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, kind);
            select.setString(2, content);
            select.setString(3, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(4)
                        ? new Outcome.Done(row.getLong(1), row.getLong(2), row.getLong(3), true)
                        : new Outcome.KeyReused();
            }
        }
    }

    private static Outcome effect(Connection connection, Order order, Sender sender, Effect effect)
            throws SQLException {
        return switch (order) {
            case Arrival arrival -> arrive(connection, arrival, effect);
            case Move move -> {
                Optional<Held> held = visible(connection, move.om(), sender);
                if (held.isPresent() && held.get().stand() != move.stand()) {
                    yield new Outcome.Conflict(held.get());
                }
                yield held.isEmpty() ? new Outcome.NoSuchPerson() : effect.done(move(connection, move));
            }
            case Block block -> {
                Optional<Held> held = visible(connection, block.om(), sender);
                if (held.isPresent() && held.get().blocked()) {
                    yield effect.done(held.get().stand());
                }
                yield held.isEmpty() ? new Outcome.NoSuchPerson() : effect.done(block(connection, block, sender));
            }
            case CivilAct act ->
                visible(connection, act.om(), sender)
                        .<Outcome>map(held -> effect.done(held.stand()))
                        .orElse(new Outcome.NoSuchPerson());
        };
    }

    private static Optional<Held> visible(Connection connection, long om, Sender sender) throws SQLException {
        return Residents.find(connection, om, true).filter(held -> sender.seesBlocked() || !held.blocked());
    }

    private static long move(Connection connection, Move move) throws SQLException {
        Address a = move.address();
        return update(
                connection,
                "update register.resident set strasse = ?, hausnummer = ?, zusatz = ?, plz = ?, ort = ?, einzug = ? "
                        + "where om = ? returning stand",
                a.street(),
                a.number(),
                a.addition(),
                a.postalCode(),
                a.town(),
                move.movedIn(),
                move.om());
    }

    private static long block(Connection connection, Block block, Sender sender) throws SQLException {
        return update(
                connection,
                "update register.resident set auskunftssperre = true, sperre_grund = ?, sperre_seit = ? "
                        + "where om = ? returning stand",
                block.reason(),
                sender.received().atZone(ZoneOffset.UTC).toLocalDate(),
                block.om());
    }

    private static Outcome arrive(Connection connection, Arrival a, Effect effect) throws SQLException {
        Optional<Held> same = Residents.same(connection, a.familyName(), a.forenames(), a.birthDate());
        if (same.isPresent()) {
            return new Outcome.Conflict(same.get());
        }
        return effect.done(update(
                connection,
                """
                insert into register.resident (om, familienname, geburtsname, vornamen, rufname, geburtsdatum, geschlecht,
                    staatsangehoerigkeit, strasse, hausnummer, zusatz, plz, ort, einzug, such_familie, such_geburt,
                    such_vornamen)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning stand""",
                effect.om(),
                a.familyName(),
                a.birthName(),
                a.forenames(),
                a.forenames().split(" ")[0],
                a.birthDate(),
                a.gender(),
                a.nationality(),
                a.address().street(),
                a.address().number(),
                a.address().addition(),
                a.address().postalCode(),
                a.address().town(),
                a.movedIn(),
                SearchForm.of(a.familyName()),
                SearchForm.of(a.birthName()),
                connection.createArrayOf("text", SearchForm.parts(a.forenames()).toArray())));
    }

    /** Runs the statement; what it returns, or 0 when it returns nothing. */
    private static long update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            if (!statement.execute()) {
                return 0;
            }
            try (ResultSet row = statement.getResultSet()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** What was carried out with this key. */
    Optional<Carried> lookUp(String key) throws SQLException {
        return carried("schluessel = ?", key);
    }

    /** What was carried out under this number. */
    Optional<Carried> numbered(long number) throws SQLException {
        return carried("nummer = ?", number);
    }

    private Optional<Carried> carried(String condition, Object value) throws SQLException {
        String sql = "select nummer, art, om, stand, am from register.auftrag where " + condition;
        try (Connection connection = database.connection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, value);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Carried(
                                row.getLong(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getObject(5, OffsetDateTime.class).toInstant()))
                        : Optional.empty();
            }
        }
    }
}
