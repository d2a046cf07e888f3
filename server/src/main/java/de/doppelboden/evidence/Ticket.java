package de.doppelboden.evidence;

import java.util.concurrent.CountDownLatch;

/** The way to learn what became of a note that was handed in; need not be used. */
public final class Ticket {

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Accepted outcome = new Accepted.Refused("not stored yet");

    Ticket() {}

    /** Waits until the note is durable or refused. */
    public Accepted await() throws InterruptedException {
        done.await();
        return outcome;
    }

    void complete(Accepted accepted) {
        outcome = accepted;
        done.countDown();
    }
}
