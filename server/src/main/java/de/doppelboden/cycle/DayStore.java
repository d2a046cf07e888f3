package de.doppelboden.cycle;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import de.doppelboden.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The picture of the last day in the database: traffic and the decisions that it marks. Any thread; blocks. */
public final class DayStore {

    private static final Duration KEPT = Duration.ofHours(25);
    private static final int MOST_DECISIONS = 1_000;

    /** A decision as the picture marks it. */
    public record Mark(Instant at, Decision decision, State state) {}

    private final Database database;
    private final String service;

    public DayStore(Database database, String service) {
        this.database = database;
        this.service = service;
    }

    /** Notes bins, again if they have grown, and forgets what is older than a day. */
    void put(List<Traffic.Bin> bins, Instant now) throws StoreUnavailable {
        Sql.in(database, connection -> {
            for (var bin : bins) {
                put(connection, bin);
            }
            var oldest = now.minus(KEPT);
            Sql.update(connection, "delete from cycle.traffic where service = ? and minute < ?", service, oldest);
            return Sql.update(connection, "delete from cycle.decision where service = ? and at < ?", service, oldest);
        });
    }

    private void put(Connection connection, Traffic.Bin bin) throws SQLException {
        Sql.update(
                connection,
                """
                insert into cycle.traffic values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (service, side, minute) do update set in_budget = excluded.in_budget, late = excluded.late,
                    failed = excluded.failed, none = excluded.none, probes = excluded.probes, p50_ms = excluded.p50_ms,
                    p95_ms = excluded.p95_ms""",
                service,
                bin.side().name(),
                bin.minute(),
                bin.inBudget(),
                bin.late(),
                bin.failed(),
                bin.none(),
                bin.probes(),
                bin.p50Ms(),
                bin.p95Ms());
    }

    List<Traffic.Bin> bins(Instant since) throws StoreUnavailable {
        return Sql.in(
                database,
                connection -> Sql.list(
                        connection,
                        row -> new Traffic.Bin(
                                Side.valueOf(row.getString("side")),
                                Sql.instant(row, "minute"),
                                row.getInt("in_budget"),
                                row.getInt("late"),
                                row.getInt("failed"),
                                row.getInt("none"),
                                row.getInt("probes"),
                                row.getInt("p50_ms"),
                                row.getInt("p95_ms")),
                        "select * from cycle.traffic where service = ? and minute >= ?",
                        service,
                        since));
    }

    void mark(Mark mark) throws StoreUnavailable {
        Sql.in(
                database,
                connection -> Sql.update(
                        connection,
                        "insert into cycle.decision values (?, ?, ?, ?, ?)",
                        service,
                        mark.at(),
                        mark.decision().action().name(),
                        mark.state().name(),
                        mark.decision().reason()));
    }

    List<Mark> marks(Instant since) throws StoreUnavailable {
        return Sql.in(
                database,
                connection -> Sql.list(
                        connection,
                        row -> new Mark(
                                Sql.instant(row, "at"),
                                new Decision(Decision.Action.valueOf(row.getString("action")), row.getString("reason")),
                                State.valueOf(row.getString("state"))),
                        "select * from cycle.decision where service = ? and at >= ? order by at desc limit "
                                + MOST_DECISIONS,
                        service,
                        since));
    }
}
