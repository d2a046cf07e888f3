package de.doppelboden.city.people;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets simulated people wait in real time. */
public final class Pace {

    private final LongSupplier nanos;
    private final Semaphore never = new Semaphore(0);

    public Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public long now() {
        return nanos.getAsLong();
    }

    public void pause(long forNanos) throws InterruptedException {
        if (forNanos > 0 && never.tryAcquire(forNanos, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("nobody releases this");
        }
    }

    public void until(long instant) throws InterruptedException {
        pause(instant - now());
    }
}
