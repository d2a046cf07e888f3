package de.doppelboden.evidence;

import de.doppelboden.database.Database;
import java.sql.SQLException;

/** Does to the log's tables what nobody should do, as their owner can. */
final class EvidenceTables {

    private EvidenceTables() {}

    static void empty(Database database) throws SQLException {
        tamper(database, "truncate evidence.entry, evidence.link, evidence.person restart identity");
    }

    /** With the triggers off that keep honest people from it. */
    static void tamper(Database database, String... statements) throws SQLException {
        database.transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("alter table evidence.entry disable trigger user");
                statement.execute("alter table evidence.link disable trigger user");
                for (String each : statements) {
                    statement.execute(each);
                }
                statement.execute("alter table evidence.entry enable trigger user");
                statement.execute("alter table evidence.link enable trigger user");
            }
            return true;
        });
    }
}
