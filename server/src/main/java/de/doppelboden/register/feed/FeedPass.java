package de.doppelboden.register.feed;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One pass of the feed after the other, on the feed's own thread: orders first, then what the phase asks for. */
final class FeedPass implements AutoCloseable {

    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

    /** How long one step on our own side may take, as building an index over millions of rows on a busy machine. */
    private static final Duration STEP = Duration.ofMinutes(10);

    private static final String BY_PERMIT = "held: ";

    private final FeedSettings settings;
    private final DataSource database;
    private final InstantSource clock;
    private final FeedOrders orders;
    private final MassChangeGuard guard;
    private final JournalStates journal;
    private @Nullable PrimarySession primary;
    private Instant tidied = Instant.EPOCH;
    private boolean clerksAccepted;

    FeedPass(
            FeedSettings settings,
            DataSource database,
            InstantSource clock,
            MassChangeGuard guard,
            JournalStates journal) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        this.orders = new FeedOrders(database, clock);
        this.guard = guard;
        this.journal = journal;
    }

    /** Decides by the state in the database, so that a pass after a crash goes on where the last one ended. */
    void run() throws SQLException, IOException {
        try (var ours = database.getConnection()) {
            ours.setNetworkTimeout(Runnable::run, Math.toIntExact(STEP.toMillis()));
            var order = orders.next(ours);
            if (order.isPresent()) {
                orders.done(ours, order.get(), carryOut(ours, order.get()));
            }
            heldByPermit(ours);
            var status = FeedStore.read(ours);
            switch (status.phase()) {
                case EMPTY, LOADING -> load();
                case RUNNING -> read(ours, status);
                case HELD, STOPPED -> tidy(ours);
            }
        } catch (SQLException | IOException e) {
            close();
            throw e;
        }
    }

    /** A permitted change of the primary holds the feed while it lasts, and only then. */
    private void heldByPermit(Connection ours) throws SQLException {
        var status = FeedStore.read(ours);
        var holds = guard.holds();
        if (status.phase() == FeedPhase.RUNNING && holds.isPresent()) {
            FeedStore.phase(ours, FeedPhase.HELD, BY_PERMIT + holds.get());
        } else if (status.phase() == FeedPhase.HELD
                && holds.isEmpty()
                && status.reason().startsWith(BY_PERMIT)) {
            FeedStore.phase(ours, FeedPhase.RUNNING, "");
        }
    }

    private String carryOut(Connection ours, FeedOrders.FeedOrder order) throws SQLException, IOException {
        return switch (order.kind()) {
            case HOLD -> phase(ours, FeedPhase.HELD, order.reason());
            case RELEASE -> phase(ours, FeedPhase.RUNNING, "");
            case ACCEPT -> {
                var stopped = FeedStore.read(ours);
                if (stopped.phase() != FeedPhase.STOPPED) {
                    yield "not accepted: the feed has not stopped and asks nothing";
                }
                clerksAccepted = ClerkIntake.asked(stopped.reason());
                if (!clerksAccepted) { // a yes is for what was asked, and for nothing else
                    guard.accept(order.actor());
                }
                yield phase(ours, FeedPhase.RUNNING, "");
            }
            case COMPARE -> compare(ours, FeedStore.read(ours));
            case RELOAD -> load() + " residents read";
            case GO_BACK -> goBack(ours, order);
        };
    }

    private static String phase(Connection ours, FeedPhase phase, String reason) throws SQLException {
        FeedStore.phase(ours, phase, reason);
        return "the feed is " + phase;
    }

    private long load() throws SQLException, IOException {
        var session = session(settings.readTimeout());
        session.patience(settings.bulkTimeout());
        long rows = new FirstLoad(database, clock, STEP).run(session);
        session.timeout(settings.readTimeout());
        return rows;
    }

    private void read(Connection ours, FeedStatus status) throws SQLException, IOException {
        var session = session(settings.readTimeout());
        var finished = Receipts.finished(ours, journal);
        var asOf = clock.instant();
        long next = session.snapshot();
        inTransaction(ours, () -> {
            var reader = new ChangeReader(session, ours, guard);
            settle(ours, reader.changes(status.cursor(), status.residents(), asOf), next, asOf);
            Receipts.close(ours, finished, asOf);
            var lost = ClerkIntake.replace(session, ours);
            if (lost.isPresent() && !clerksAccepted) {
                throw new MassChange(lost.get());
            }
        });
        clerksAccepted = false;
        var compared = status.comparison() == null
                ? status.load().started()
                : status.comparison().at();
        if (compared == null || compared.plus(settings.differenceInterval()).isBefore(asOf)) {
            compare(ours, FeedStore.read(ours));
        }
        tidy(ours);
    }

    private String compare(Connection ours, FeedStatus before) throws SQLException, IOException {
        var session = session(settings.readTimeout());
        session.patience(settings.bulkTimeout());
        session.snapshot();
        var suspects = new ChangeReader(session, ours, guard).suspects();
        var asOf = clock.instant();
        long next = session.snapshot();
        long residents = session.count();
        var result = new Comparison[1];
        inTransaction(ours, () -> {
            var reader = new ChangeReader(session, ours, guard);
            boolean running = before.phase() == FeedPhase.RUNNING;
            if (running) {
                settle(ours, reader.changes(before.cursor(), before.residents(), asOf), next, asOf);
            }
            var differences = reader.confirm(suspects);
            boolean repaired = running && !differences.isEmpty();
            if (repaired) {
                settle(ours, reader.repair(differences, residents, asOf), next, asOf);
            }
            result[0] = new Comparison(
                    asOf,
                    residents,
                    differences.size(),
                    differences.stream().limit(Comparison.NAMED).toList(),
                    repaired);
            FeedStore.compared(ours, result[0]);
        });
        session.timeout(settings.readTimeout());
        return result[0] == null ? "not compared: the feed was stopped" : result[0].sentence();
    }

    /** Keeps what was read, or rolls back and stops the feed. */
    private static void settle(Connection ours, ChangeRead read, long next, Instant asOf) throws SQLException {
        switch (read) {
            case ChangeRead.Taken taken -> FeedStore.advanced(ours, next, asOf, taken.count());
            case ChangeRead.Refused refused -> throw new MassChange(refused.reason());
        }
    }

    private String goBack(Connection ours, FeedOrders.FeedOrder order) throws SQLException, IOException {
        var then = order.until();
        if (then == null || then.isBefore(clock.instant().minus(settings.history()))) {
            return "refused: the history does not reach back so far";
        }
        var changed = new long[1];
        inTransaction(ours, () -> {
            changed[0] = History.goBack(ours, then);
            FeedStore.phase(ours, FeedPhase.HELD, order.reason());
        });
        return changed[0] + " records are what they were at " + then;
    }

    private void tidy(Connection ours) throws SQLException {
        var now = clock.instant();
        if (tidied.plus(TIDY_EVERY).isBefore(now)) {
            tidied = now;
            History.forgetBefore(ours, now.minus(settings.history()));
        }
    }

    private void inTransaction(Connection ours, Work work) throws SQLException, IOException {
        ours.setAutoCommit(false);
        try {
            work.run();
            ours.commit();
        } catch (MassChange stop) {
            ours.rollback();
            FeedStore.phase(ours, FeedPhase.STOPPED, stop.reason);
            ours.commit();
        } catch (SQLException | IOException | RuntimeException e) {
            takeBack(ours, e);
            throw e;
        }
        ours.setAutoCommit(true);
    }

    /** What is not committed goes with the connection, if that is gone. */
    private static void takeBack(Connection ours, Exception cause) {
        try {
            ours.rollback();
            ours.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private PrimarySession session(Duration timeout) throws SQLException {
        var session = primary == null ? PrimarySession.open(settings) : primary;
        primary = session;
        session.timeout(timeout);
        return session;
    }

    @Override
    public void close() {
        if (primary != null) {
            primary.close();
            primary = null;
        }
    }

    /** Work inside one transaction of ours. */
    private interface Work {
        void run() throws SQLException, IOException;
    }

    /** Leaves the transaction; never leaves this class. */
    private static final class MassChange extends SQLException {
        private static final long serialVersionUID = 1;
        private final String reason;

        MassChange(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
