package de.doppelboden.gateway.relay;

import de.doppelboden.continuity.judge.HedgeBudget;
import de.doppelboden.cycle.Observation;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.SidePool;
import de.doppelboden.gateway.http.SideRequest;
import de.doppelboden.gateway.wire.Alarm;
import de.doppelboden.gateway.wire.Deadlines;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the other side as well when a read is late or has failed at the first (J. Dean, L. Barroso, The Tail at Scale, 2013),
 * within a budget for doing so: a share of all requests, more of them towards a side that is proven. The first good answer
 * is the user's; the other connection is closed. Any thread.
 */
public final class Hedges {

    private static final Logger log = LoggerFactory.getLogger(Hedges.class);
    private static final int SHARE_PERMILLE = 50;
    private static final int SHARE_TO_PROVEN_PERMILLE = 100;
    private static final int BURST = 100;
    private static final int READ_BYTES = 64 * 1024;

    private final Deadlines deadlines;
    private final BooleanSupplier proven;
    private final HedgeBudget budget = new HedgeBudget(SHARE_PERMILLE, BURST);

    /** @param proven whether the side that is asked as well has proven itself */
    public Hedges(Deadlines deadlines, BooleanSupplier proven) {
        this.deadlines = deadlines;
        this.proven = proven;
    }

    /**
     * What would be asked of the other side.
     *
     * @param observed tells the judge that it is being asked now, as the pair of the first
     * @param pressing users are about to be moved there: what the side will have to do in a moment needs no budget
     */
    public record Second(
            SidePool pool,
            Supplier<SideRequest> request,
            Supplier<Observation> observed,
            Check check,
            BooleanSupplier pressing) {

        /** Always within the budget. */
        public Second(SidePool pool, Supplier<SideRequest> request, Supplier<Observation> observed, Check check) {
            this(pool, request, observed, check, () -> false);
        }
    }

    private enum Stage {
        NEW,
        ASKING,
        ENDED,
        CLOSED
    }

    /** One read at two sides; close it when the user has her answer. */
    public final class Hedge implements AutoCloseable {

        private Call first;
        private final @Nullable Second second;
        private @Nullable Alarm alarm;
        private @Nullable Call call;
        private Call.@Nullable Responded answer;
        private @Nullable Observation failed;
        private Stage stage = Stage.NEW;

        private Hedge(Call first, @Nullable Second second) {
            this.first = first;
            this.second = second;
        }

        /** Asks now, if there is something to be asked, and budget for it; not twice. */
        public synchronized void begin() {
            if (stage == Stage.NEW
                    && second != null
                    && (budget.spend() || second.pressing().getAsBoolean())) {
                var asked = new Call(second.pool());
                var what = second;
                call = asked;
                stage = Stage.ASKING;
                Thread.ofVirtual().name("hedge").start(() -> ask(asked, what));
            }
        }

        private void ask(Call asked, Second what) {
            var seen = what.observed().get();
            Call.Responded good = null;
            try {
                switch (asked.send(what.request().get())) {
                    case Call.Responded responded -> {
                        if (what.check().good(responded)) {
                            seen.answered();
                            good = responded;
                        } else {
                            seen.failed();
                            failed(seen);
                            responded.readAhead(READ_BYTES); // so that its connection can be kept
                        }
                    }
                    case Call.Withdrawn withdrawn -> seen.withdrawn();
                    default -> seen.unanswered();
                }
            } catch (IOException broken) {
                seen.unanswered();
                log.debug("a hedge broke: {}", broken.getMessage());
            }
            ended(asked, good);
        }

        private synchronized void failed(Observation seen) {
            failed = seen;
        }

        private synchronized void ended(Call asked, Call.@Nullable Responded good) {
            if (stage == Stage.CLOSED || good == null) {
                asked.close();
            }
            if (stage != Stage.CLOSED) {
                stage = Stage.ENDED;
                answer = good;
                notifyAll();
                if (good != null) {
                    first.withdraw();
                }
            }
        }

        /** The other side's answer, if it is good and there already. */
        public synchronized Optional<Call.Responded> answer() {
            return Optional.ofNullable(answer);
        }

        /** The same, waiting for what has been asked, until then on the monotonic clock. */
        public synchronized Optional<Call.Responded> answer(long until) {
            try {
                for (long left = until - deadlines.now();
                        stage == Stage.ASKING && left > 0;
                        left = until - deadlines.now()) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return answer();
        }

        /** Whether the other side is being asked. */
        public synchronized boolean asking() {
            return stage == Stage.ASKING;
        }

        /** The first side is asked once more: a good answer of the other ends that call. */
        public synchronized void insteadOf(Call once) {
            first = once;
            if (answer != null) {
                once.withdraw();
            }
        }

        /** What the other side has answered is wrong as well. */
        public synchronized Optional<Observation> failed() {
            return Optional.ofNullable(failed);
        }

        @Override
        public synchronized void close() {
            if (alarm != null) {
                alarm.close();
            }
            var asked = call;
            if (asked != null && stage == Stage.ASKING) { // whoever asks closes it
                asked.withdraw();
            } else if (asked != null && answer != null) {
                asked.close();
            }
            stage = Stage.CLOSED;
        }
    }

    /**
     * Begins the wait after which the other side is asked as well.
     *
     * @param budget of the operation; half of it is waited for
     */
    public Hedge watch(Call first, Duration budget, Second second) {
        earn();
        var hedge = new Hedge(first, second);
        hedge.alarm = deadlines.alarm(Duration.ofNanos(budget.toNanos() / 2), hedge::begin);
        return hedge;
    }

    /** For a request that only one side may be asked. */
    public Hedge none(Call first) {
        earn();
        return new Hedge(first, null);
    }

    private void earn() {
        budget.share(proven.getAsBoolean() ? SHARE_TO_PROVEN_PERMILLE : SHARE_PERMILLE);
        budget.earn();
    }
}
