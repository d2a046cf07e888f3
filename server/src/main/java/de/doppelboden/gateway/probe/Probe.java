package de.doppelboden.gateway.probe;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.Time;
import de.doppelboden.cycle.ServiceCycle;
import de.doppelboden.gateway.http.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks both sides again and again; closely while the judge doubts one, and while the standby is cold. One thread keeps time; each ask
 * has its own.
 */
public final class Probe implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Probe.class);
    private static final long TICK_NANOS = 50_000_000;
    private static final long CLOSE_NANOS = 150_000_000;
    private static final int MOST_IN_DOUBT = 3;
    private static final int READ_BYTES = 64 * 1024;

    private final ServiceCycle cycle;
    private final Time time;
    private final List<Running> asks;
    private final long intervalNanos;
    private final Map<Side, Long> last = new EnumMap<>(Side.class);
    private final Map<Side, Integer> round = new EnumMap<>(Side.class);
    private final Warmth standby = new Warmth();
    private final Thread thread = Thread.ofVirtual().name("probe").unstarted(this::run);
    private volatile boolean closed;

    private record Running(Ask ask, AtomicInteger underWay) {

        boolean of(Side side, Ask.Turn turn) {
            return ask.side() == side && ask.turn() == turn;
        }
    }

    public Probe(ServiceCycle cycle, Time time, List<Ask> asks, Duration interval) {
        this.cycle = cycle;
        this.time = time;
        this.asks =
                asks.stream().map(ask -> new Running(ask, new AtomicInteger())).toList();
        this.intervalNanos = interval.toNanos();
    }

    public Probe start() {
        thread.start();
        cycle.onDoubt(() -> LockSupport.unpark(thread));
        return this;
    }

    private void run() {
        while (!closed) {
            var doubts = cycle.evidence().doubts();
            for (var side : Side.values()) {
                boolean close = doubts.contains(side) || side == Side.STANDBY && standby.canBeWarmed();
                long rest = close ? Math.min(CLOSE_NANOS, intervalNanos) : intervalNanos;
                Long before = last.get(side);
                if (before == null || time.nanos() - before >= rest) {
                    last.put(side, time.nanos());
                    askAll(side, doubts.contains(side) ? MOST_IN_DOUBT : 1);
                }
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    /** @param most probes of one kind under way: in doubt one that hangs must not keep the next from being asked */
    private void askAll(Side side, int most) {
        asks.stream().filter(ask -> ask.of(side, Ask.Turn.EACH_ROUND)).forEach(ask -> start(ask, most));
        var inTurn =
                asks.stream().filter(ask -> ask.of(side, Ask.Turn.ONE_A_ROUND)).toList();
        if (!inTurn.isEmpty()) {
            start(inTurn.get(round.merge(side, 1, Integer::sum) % inTurn.size()), most);
        }
    }

    private void start(Running running, int most) {
        if (running.underWay.get() < most) {
            running.underWay.incrementAndGet(); // only the probe's thread adds
            Thread.ofVirtual().name("probe-" + running.ask.side()).start(() -> {
                try {
                    ask(running.ask);
                } finally {
                    running.underWay.decrementAndGet();
                }
            });
        }
    }

    private void ask(Ask ask) {
        var request = ask.request().get();
        var seen = cycle.observe(ask.operation(), ask.side(), Source.PROBE);
        try (var call = new Call(ask.pool())) {
            switch (call.send(request)) {
                case Call.Responded answer -> {
                    boolean good = ask.check().good(answer);
                    answer.readAhead(READ_BYTES);
                    if (good) {
                        seen.answered();
                    } else {
                        seen.failed();
                    }
                    standby(ask, good ? Warmth::served : Warmth::refused);
                }
                case Call.Unreachable _ -> {
                    seen.unanswered();
                    standby(ask, Warmth::unreachable);
                }
                default -> seen.unanswered();
            }
        } catch (IOException broken) {
            seen.unanswered();
            log.debug("a probe broke: {}", broken.getMessage());
        }
    }

    private void standby(Ask ask, Consumer<Warmth> did) {
        if (ask.side() == Side.STANDBY) {
            did.accept(standby);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
