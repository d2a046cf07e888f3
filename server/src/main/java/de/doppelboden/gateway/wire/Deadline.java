package de.doppelboden.gateway.wire;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A bound on one wait at a time. Set and cleared by the thread that waits, expired by the sweeper. */
public final class Deadline implements Alarm {

    private static final long UNSET = Long.MAX_VALUE;

    private final Deadlines deadlines;
    private final Runnable onExpiry;
    private final AtomicLong at = new AtomicLong(UNSET);
    private volatile boolean expired;

    Deadline(Deadlines deadlines, Runnable onExpiry) {
        this.deadlines = deadlines;
        this.onExpiry = onExpiry;
    }

    /** Starts the wait. Once expired, a deadline stays so. */
    public void within(Duration wait) {
        until(deadlines.now() + wait.toNanos());
    }

    public long now() {
        return deadlines.now();
    }

    public void until(long nanos) {
        at.setRelease(nanos);
    }

    public void clear() {
        until(UNSET);
    }

    public boolean expired() {
        return expired;
    }

    void check(long now) {
        long due = at.get();
        if (due != UNSET && due - now <= 0 && at.compareAndSet(due, UNSET)) {
            expired = true;
            onExpiry.run();
        }
    }

    @Override
    public void close() {
        deadlines.forget(this);
    }
}
