package de.doppelboden.register.feed;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the whole view into new tables beside the present ones, builds their indexes, and puts them in their place: one
 * transaction, so that an old copy serves until the new one is whole.
 */
final class FirstLoad {

    private static final Logger LOG = LoggerFactory.getLogger(FirstLoad.class);
    private static final int PROGRESS_EVERY = 20_000;
    private static final Pattern INDEX = Pattern.compile("INDEX (\\w+) ON register\\.(\\w+) ");

    private final DataSource database;
    private final InstantSource clock;
    private final int patience;

    /** @param patience how long one step, as building an index, may take */
    FirstLoad(DataSource database, InstantSource clock, Duration patience) {
        this.database = database;
        this.clock = clock;
        this.patience = Math.toIntExact(patience.toMillis());
    }

    /** Returns how many residents were read. The caller has set the session's timeout for bulk reads. */
    long run(PrimarySession primary) throws SQLException, IOException {
        var started = clock.instant();
        long cursor = primary.snapshot();
        long total = primary.count();
        try (var progress = database.getConnection();
                var ours = database.getConnection()) {
            FeedStore.loading(progress, started, total);
            ours.setNetworkTimeout(Runnable::run, patience);
            ours.setAutoCommit(false);
            try {
                execute(ours, "set local maintenance_work_mem = '192MB'");
                execute(ours, "create table register.resident_load (like register.resident including defaults)");
                execute(ours, "create table register.resident_name_load (like register.resident_name)");
                long rows = copy(primary, ours, progress);
                index(ours);
                ClerkIntake.replace(primary, ours);
                FeedStore.serving(ours, cursor, started, rows);
                ours.commit();
                LOG.info("first load of {} residents took {} ms", rows, clock.millis() - started.toEpochMilli());
                return rows;
            } catch (SQLException | IOException | RuntimeException e) {
                takeBack(ours, e);
                throw e;
            }
        } finally {
            tidy();
        }
    }

    private static void takeBack(Connection ours, Exception cause) {
        try {
            ours.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private long copy(PrimarySession primary, Connection ours, Connection progress) throws SQLException, IOException {
        var into = "copy register.resident_load (" + String.join(", ", PrimaryView.COLUMNS) + ", "
                + String.join(", ", PrimaryView.SEARCH_COLUMNS) + ") from stdin with (freeze)";
        long rows = 0;
        try (var incoming = primary.all();
                var out = new PGCopyOutputStream(ours.unwrap(PGConnection.class), into, 1 << 18)) {
            for (byte[] line = incoming.next(); line.length > 0; line = incoming.next()) {
                out.write(CopyRow.withSearchForms(line));
                if (++rows % PROGRESS_EVERY == 0) {
                    FeedStore.loaded(progress, rows);
                }
            }
        }
        FeedStore.loaded(progress, rows);
        return rows;
    }

    private void index(Connection ours) throws SQLException {
        execute(
                ours,
                "insert into register.resident_name_load (part, kind, word, whole, given, born, om)"
                        + " select n.part, n.kind, n.word, n.whole, r.vornamen_suche, r.geburtsdatum, r.om from register.resident_load r"
                        + " cross join lateral register.name_parts(r.familienname_suche, r.geburtsname_suche, r.fruehere_suche) n");
        var names = new ArrayList<String>();
        for (var definition : indexes(ours)) {
            var match = INDEX.matcher(definition);
            if (match.find()) {
                names.add(match.group(1));
                execute(ours, match.replaceFirst("INDEX $1_load ON register.$2_load "));
            }
        }
        execute(
                ours,
                "update register.resident_load set sperre_vorlaeufig = true where om in (select om from"
                        + " register.receipt where closed_at is null and operation = 'register.block')");
        execute(ours, "drop table register.resident, register.resident_name");
        execute(ours, "alter table register.resident_load rename to resident");
        execute(ours, "alter table register.resident_name_load rename to resident_name");
        for (var name : names) {
            execute(
                    ours,
                    name.equals("resident_pkey")
                            ? "alter table register.resident add constraint resident_pkey primary key using index resident_pkey_load"
                            : "alter index register." + name + "_load rename to " + name);
        }
    }

    private static List<String> indexes(Connection ours) throws SQLException {
        var select = "select indexdef from pg_indexes where schemaname = 'register'"
                + " and tablename in ('resident', 'resident_name') order by indexname";
        try (var statement = ours.createStatement();
                var rows = statement.executeQuery(select)) {
            var definitions = new ArrayList<String>();
            while (rows.next()) {
                definitions.add(rows.getString(1));
            }
            return definitions;
        }
    }

    /** Statistics for the planner and the visibility map for index-only scans; not part of the load's transaction. */
    private void tidy() throws SQLException {
        try (var ours = database.getConnection()) {
            ours.setNetworkTimeout(Runnable::run, patience);
            execute(ours, "vacuum (analyze) register.resident, register.resident_name");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
