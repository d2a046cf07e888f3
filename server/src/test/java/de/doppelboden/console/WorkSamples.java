package de.doppelboden.console;

import de.doppelboden.database.Database;
import java.sql.SQLException;
import java.util.UUID;

/** Entries of the journal that wait for a person. */
public final class WorkSamples {

    private WorkSamples() {}

    public static long conflict(Database database, String office) throws SQLException {
        return entry(database, "CONFLICT", "register.move", """
                {"art":"umzug","om":"4711","stand":"3","anschrift":{"strasse":"Neue Straße","hausnummer":"7","zusatz":"",
                 "plz":"20095","ort":"Hamburg"},"einzug":"2026-11-20","sachbearbeiter":"demir","dienststelle":"x",
                 "eingang":"2026-11-24T10:00:00Z"}
                """, office, """
                {"title":"conflict","status":409,"stand":"4","aktuell":{"om":"4711","stand":"4","familienname":"Brömmel",
                 "vornamen":"Käthe","anschrift":{"strasse":"Ältere Gasse","hausnummer":"7","zusatz":"","plz":"20095",
                 "ort":"Hamburg"},"auskunftssperre":false}}
                """);
    }

    public static long review(Database database, String office) throws SQLException {
        return entry(database, "REVIEW", "register.immigrate", """
                {"art":"zuzug","om":"","stand":"","person":{"familienname":"Ćosić","vornamen":"Đorđe",
                 "geburtsdatum":"1990-02-00","zuzugsland":"Serbien"},"anschrift":{"strasse":"Hafenstraße","hausnummer":"1",
                 "plz":"20359","ort":"Hamburg"}}
                """, office, "waits for a person");
    }

    public static long block(Database database, String office) throws SQLException {
        return entry(
                database,
                "UNKNOWN",
                "register.block",
                "{\"art\":\"sperre\",\"om\":\"4711\",\"stand\":\"3\",\"grund\":\"Bedrohung\"}",
                office,
                "the primary cannot say whether it has it");
    }

    static long entry(Database database, String state, String operation, String payload, String office, String why)
            throws SQLException {
        return database.transaction(connection -> {
            try (var insert = connection.prepareStatement("""
                    insert into cycle.journal (service, idempotency_key, operation, key_space, key_id, base_version,
                        payload, actor, office, at, state, epoch, why)
                    values ('register', ?, ?, 'resident', '4711', '3', ?::jsonb, 'opaque', ?, now(), ?, 7, ?)
                    returning number
                    """)) {
                insert.setString(1, UUID.randomUUID().toString());
                insert.setString(2, operation);
                insert.setString(3, payload);
                insert.setString(4, office);
                insert.setString(5, state);
                insert.setString(6, why);
                try (var row = insert.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    static String state(Database database, long number) throws SQLException {
        return database.transaction(connection -> {
            try (var select = connection.prepareStatement("select state from cycle.journal where number = ?")) {
                select.setLong(1, number);
                try (var row = select.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            }
        });
    }
}
