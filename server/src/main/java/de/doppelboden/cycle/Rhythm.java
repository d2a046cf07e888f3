package de.doppelboden.cycle;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does one thing again and again, with a pause between; what goes wrong once does not end it. */
final class Rhythm implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rhythm.class);
    private static final long AFTER_A_BUG_NANOS = 1_000_000_000L;

    private final Runnable work;
    private final long pauseNanos;
    private final Thread thread;
    private volatile boolean closed;

    private Rhythm(Thread.Builder builder, Duration pause, Runnable work) {
        this.work = work;
        this.pauseNanos = pause.toNanos();
        this.thread = builder.unstarted(this::run);
    }

    /** For what must not wait for other work: a thread of the system's own. */
    static Rhythm platform(String name, Duration pause, Runnable work) {
        return new Rhythm(Thread.ofPlatform().name(name).daemon(), pause, work);
    }

    /** For what waits for others. */
    static Rhythm virtual(String name, Duration pause, Runnable work) {
        return new Rhythm(Thread.ofVirtual().name(name), pause, work);
    }

    Rhythm start() {
        thread.start();
        return this;
    }

    private void run() {
        while (!closed) {
            try {
                work.run();
                LockSupport.parkNanos(pauseNanos);
            } catch (RuntimeException bug) {
                log.error("{} failed and goes on", thread.getName(), bug);
                LockSupport.parkNanos(AFTER_A_BUG_NANOS);
            }
        }
    }

    /** Does it again without waiting. */
    void now() {
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** Waits for the end of what it does now. */
    void join(Duration most) {
        try {
            thread.join(most);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
