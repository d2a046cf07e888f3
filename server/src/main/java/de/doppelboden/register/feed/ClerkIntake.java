package de.doppelboden.register.feed;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Clerks and their rights; few, so they are read whole each time. */
final class ClerkIntake {

    private static final String LOSS = "clerks would lose their log-in or a right";
    private static final int FEW = 5;
    private static final int MOST_ONE_IN = 5;

    private ClerkIntake() {}

    /**
     * Makes the copy's clerks those of the primary, in the caller's transaction.
     *
     * @return why this must not go through unasked: many at once could not log in any more, or not see what they saw
     */
    static Optional<String> replace(PrimarySession primary, Connection ours) throws SQLException, IOException {
        execute(
                ours,
                "create temporary table if not exists incoming_clerk on commit delete rows"
                        + " as select * from register.clerk with no data");
        try (var rows = primary.clerks();
                var out = new PGCopyOutputStream(ours.unwrap(PGConnection.class), "copy incoming_clerk from stdin")) {
            rows.drainTo(rows.next(), out::write);
        }
        var lost = lost(ours);
        execute(ours, "delete from register.clerk where kennung not in (select kennung from incoming_clerk)");
        execute(
                ours,
                "insert into register.clerk as c select * from incoming_clerk on conflict (kennung) do update set"
                        + " name = excluded.name, dienststelle = excluded.dienststelle, rollen = excluded.rollen,"
                        + " rechte = excluded.rechte, aktiv = excluded.aktiv where c is distinct from excluded");
        return lost;
    }

    /** Whether this is why the feed stopped. */
    static boolean asked(String reason) {
        return reason.contains(LOSS);
    }

    private static Optional<String> lost(Connection ours) throws SQLException {
        try (var statement = ours.createStatement();
                var row = statement.executeQuery(
                        "select count(*), count(*) filter (where i.kennung is null or not i.aktiv or not i.rechte @> c.rechte)"
                                + " from register.clerk c left join incoming_clerk i using (kennung) where c.aktiv")) {
            row.next();
            long all = row.getLong(1);
            long less = row.getLong(2);
            return less > FEW && less * MOST_ONE_IN > all
                    ? Optional.of("%d of %d %s: a person must say whether that is meant".formatted(less, all, LOSS))
                    : Optional.empty();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
