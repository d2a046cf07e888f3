package de.doppelboden.gateway;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Watches whether this process itself runs: a thread that wants to wake every ten milliseconds, and says so when it could not.
 * What waited meanwhile (a collection, a stopped machine, no processor) says nothing about a side.
 */
final class OwnLag implements AutoCloseable {

    private static final long BEAT_NANOS = 10_000_000;
    private static final long LAG_NANOS = 50_000_000;

    /** Who is told; must be quick. */
    interface Listener {
        void lagged(long fromNanos, long untilNanos);
    }

    private final LongSupplier nanos;
    private final Listener listener;
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong last;
    private volatile boolean closed;

    OwnLag(LongSupplier nanos, Listener listener) {
        this.nanos = nanos;
        this.listener = listener;
        this.last = new AtomicLong(nanos.getAsLong());
        Thread.ofPlatform().name("own-lag").daemon().start(this::run);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(BEAT_NANOS);
            long now = nanos.getAsLong();
            long before = last.getAndSet(now);
            if (now - before > BEAT_NANOS + LAG_NANOS) {
                total.addAndGet(now - before - BEAT_NANOS);
                listener.lagged(before, now);
            }
        }
    }

    /** How long it has been since the last beat. */
    long sinceBeatNanos() {
        return nanos.getAsLong() - last.get();
    }

    /** All lag since the start. */
    long totalNanos() {
        return total.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
