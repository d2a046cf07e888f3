package de.doppelboden.register.gate;

import de.doppelboden.continuity.HedgeBudget;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.cycle.Observation;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.SideRequest;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the standby as well when a search of the interface is past half its budget, within a budget for doing so. */
final class Hedges implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Hedges.class);
    private static final int SHARE_PERMILLE = 20;
    private static final int SHARE_TO_PROVEN_PERMILLE = 50;
    private static final int BURST = 20;
    private static final int MOST_BYTES = 256 * 1024;

    private final Parts parts;
    private final HedgeBudget budget = new HedgeBudget(SHARE_PERMILLE, BURST);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hedges").daemon().factory());

    Hedges(Parts parts) {
        this.parts = parts;
    }

    /** One read that may be hedged; close it when the read has ended. */
    final class Hedge implements AutoCloseable {

        private final Task task;
        private final Supplier<SideRequest> toStandby;
        private final Call atPrimary;
        private final Observation observation;
        private @Nullable ScheduledFuture<?> start;
        private @Nullable Call atStandby;
        private Call.@Nullable Responded answer;
        private boolean closed;

        private Hedge(Task task, Supplier<SideRequest> toStandby, Call atPrimary, Observation observation) {
            this.task = task;
            this.toStandby = toStandby;
            this.atPrimary = atPrimary;
            this.observation = observation;
        }

        private void begin() {
            if (budget.spend()) {
                Thread.ofVirtual().name("hedge").start(this::ask);
            }
        }

        private void ask() {
            var seen = parts.cycle().pair(observation, task.operation(), Side.STANDBY, Source.HEDGE);
            var call = new Call(parts.standby());
            if (!adopt(call)) {
                seen.withdrawn();
                return;
            }
            try (call) {
                switch (call.send(toStandby.get())) {
                    case Call.Responded responded -> {
                        responded.readAhead(MOST_BYTES);
                        if (responded.whole() && responded.head().status() < 500) {
                            seen.answered();
                            deliver(responded);
                        } else {
                            seen.failed();
                        }
                    }
                    case Call.Withdrawn withdrawn -> seen.withdrawn();
                    default -> seen.unanswered();
                }
            } catch (IOException broken) {
                seen.unanswered();
                log.debug("a hedge broke: {}", broken.getMessage());
            }
        }

        private synchronized boolean adopt(Call call) {
            if (!closed) {
                atStandby = call;
            }
            return !closed;
        }

        private synchronized void deliver(Call.Responded responded) {
            if (!closed) {
                answer = responded;
                atPrimary.withdraw();
            }
        }

        /** The standby's answer, whole, if it came first. */
        synchronized Call.@Nullable Responded answer() {
            return answer;
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (start != null) {
                start.cancel(false);
            }
            if (atStandby != null) { // whoever asks closes it
                atStandby.withdraw();
            }
        }
    }

    /** Begins the wait of half the operation's budget. */
    Hedge watch(Task task, Supplier<SideRequest> toStandby, Call atPrimary, Observation observation) {
        budget.share(parts.cycle().proven() ? SHARE_TO_PROVEN_PERMILLE : SHARE_PERMILLE);
        budget.earn();
        var hedge = new Hedge(task, toStandby, atPrimary, observation);
        if (task.operation().hedgeable() && admitted(task)) {
            hedge.start = timer.schedule(hedge::begin, task.operation().budget().toNanos() / 2, TimeUnit.NANOSECONDS);
        }
        return hedge;
    }

    /** What the primary would refuse must not be had from the standby. */
    private boolean admitted(Task task) {
        var token = task.exchange().request().headers().first("authorization");
        return parts.search().filter(search -> search.admits(token)).isPresent();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
