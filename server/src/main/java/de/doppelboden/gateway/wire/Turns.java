package de.doppelboden.gateway.wire;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets other virtual threads go first, all of them. {@link Thread#yield} alone lets those go that wait on the same carrier: what was
 * woken from outside of it (the poller, a timer, another process's answer) gets a carrier only when none of its own waits, and
 * under full load some always does. Connections with luck kept it for seconds then, and the others got nothing.
 *
 * <p>So one thread that is woken from outside every few milliseconds shows whether those are let in; if it is late, whoever would
 * yield joins them.
 */
final class Turns {

    private static final long EVERY_NANOS = 5_000_000;
    private static final long LATE_NANOS = 3 * EVERY_NANOS;

    private static volatile long letIn = System.nanoTime();

    static {
        Thread.ofVirtual().name("turns").start(Turns::show);
    }

    private Turns() {}

    private static void show() {
        while (true) {
            LockSupport.parkNanos(EVERY_NANOS);
            letIn = System.nanoTime();
        }
    }

    /** The others' turn; on a virtual thread. */
    static void pass() {
        if (System.nanoTime() - letIn > LATE_NANOS) {
            LockSupport.parkNanos(1);
        } else {
            Thread.yield();
        }
    }
}
