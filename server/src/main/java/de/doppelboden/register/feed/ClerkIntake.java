package de.doppelboden.register.feed;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Clerks and their rights; few, so they are read whole each time. */
final class ClerkIntake {

    private ClerkIntake() {}

    /** Makes the copy's clerks those of the primary, in the caller's transaction. */
    static void replace(PrimarySession primary, Connection ours) throws SQLException, IOException {
        execute(
                ours,
                "create temporary table if not exists incoming_clerk on commit delete rows"
                        + " as select * from register.clerk with no data");
        try (var rows = primary.clerks();
                var out = new PGCopyOutputStream(ours.unwrap(PGConnection.class), "copy incoming_clerk from stdin")) {
            rows.drainTo(rows.next(), out::write);
        }
        execute(ours, "delete from register.clerk where kennung not in (select kennung from incoming_clerk)");
        execute(
                ours,
                "insert into register.clerk as c select * from incoming_clerk on conflict (kennung) do update set"
                        + " name = excluded.name, dienststelle = excluded.dienststelle, rollen = excluded.rollen,"
                        + " rechte = excluded.rechte, aktiv = excluded.aktiv where c is distinct from excluded");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
