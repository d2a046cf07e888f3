package de.doppelboden.gateway.wire;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds every wait: one thread looks over all deadlines some fifty times a second. Socket timeouts would cost a timer for each
 * read of a virtual thread (10 µs a request); here setting a deadline is one write to memory.
 */
public final class Deadlines implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);
    private static final long TICK_MILLIS = 20;

    private final LongSupplier nanos;
    private final Set<Deadline> all = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("deadlines").daemon().factory());

    /** @param nanos a monotonic clock */
    public Deadlines(LongSupplier nanos) {
        this.nanos = nanos;
        sweeper.scheduleWithFixedDelay(this::sweep, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A new deadline, not set yet. {@code onExpiry} runs on the sweeper's thread: it must not block. */
    public Deadline watch(Runnable onExpiry) {
        var deadline = new Deadline(this, onExpiry);
        all.add(deadline);
        return deadline;
    }

    /** Runs that once after the wait, on the sweeper's thread: it must not block. */
    public Alarm alarm(Duration wait, Runnable what) {
        var alarm = watch(what);
        alarm.within(wait);
        return alarm;
    }

    void forget(Deadline deadline) {
        all.remove(deadline);
    }

    /** The monotonic clock. */
    public long now() {
        return nanos.getAsLong();
    }

    private void sweep() {
        long now = nanos.getAsLong();
        for (Deadline deadline : all) {
            try {
                deadline.check(now);
            } catch (RuntimeException bug) {
                log.error("a deadline's action failed", bug);
            }
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
