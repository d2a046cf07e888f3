package de.doppelboden.city.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The storage under a primary, with its faults. Whoever needs it asks for an {@link #access()} first and waits there as long as the
 * storage makes him wait. Thread-safe; callers are many virtual threads.
 */
public final class Storage {

    /** What an access came to. */
    public enum Access {
        GRANTED,
        FAILED,
        LIED,
        /** Too many wait already. */
        REFUSED
    }

    /** A cold storage begins with this much time between two accesses and this much delay on each. */
    private static final long COLD_INTERVAL_NANOS = 200_000_000L;

    private static final long COLD_DELAY_NANOS = 1_200_000_000L;

    private Capacity capacity;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final List<Consumer<Fault>> listeners = new ArrayList<>();

    private Fault fault = Fault.OK;
    private long change;
    private long nextFree;
    private int waiting;
    private int warmed;

    public Storage(Capacity capacity, LongSupplier nanos) {
        this.capacity = capacity;
        this.nanos = nanos;
        this.nextFree = nanos.getAsLong();
    }

    public Fault fault() {
        lock.lock();
        try {
            return fault;
        } finally {
            lock.unlock();
        }
    }

    /** Another capacity from the next access on. */
    public void resize(Capacity other) {
        lock.lock();
        try {
            capacity = other;
        } finally {
            lock.unlock();
        }
    }

    /** How many accesses wait now. */
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Tells the listener each new fault, on the thread that sets it. */
    public void listen(Consumer<Fault> listener) {
        lock.lock();
        try {
            listeners.add(listener);
        } finally {
            lock.unlock();
        }
    }

    /** Sets a fault; whoever waits is judged anew by it. */
    public void set(Fault wanted) {
        List<Consumer<Fault>> told;
        lock.lock();
        try {
            become(wanted);
            told = List.copyOf(listeners);
        } finally {
            lock.unlock();
        }
        told.forEach(listener -> listener.accept(wanted));
    }

    private void become(Fault wanted) {
        fault = wanted;
        change++;
        warmed = 0;
        nextFree = nanos.getAsLong();
        changed.signalAll();
    }

    /** Waits for a turn at the storage. */
    public Access access() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (waiting >= capacity.waiting()) {
                return Access.REFUSED;
            }
            waiting++;
            try {
                return turn();
            } finally {
                waiting--;
            }
        } finally {
            lock.unlock();
        }
    }

    private Access turn() throws InterruptedException {
        while (true) {
            long before = change;
            switch (fault) {
                case FAIL, DEAD -> {
                    return Access.FAILED;
                }
                case LIE -> {
                    return Access.LIED;
                }
                case HANG -> awaitChange(before);
                case OK, LIMP, COLD -> {
                    long turn = Math.max(nanos.getAsLong(), nextFree);
                    nextFree = turn + interval();
                    if (reached(turn + delay(), before)) {
                        warm();
                        return Access.GRANTED;
                    }
                }
            }
        }
    }

    private long interval() {
        return switch (fault) {
            case LIMP -> capacity.limpingIntervalNanos();
            case COLD -> Math.max(capacity.intervalNanos(), (long) (COLD_INTERVAL_NANOS * coldness()));
            case OK, HANG, FAIL, LIE, DEAD -> capacity.intervalNanos();
        };
    }

    private long delay() {
        return fault == Fault.COLD ? (long) (COLD_DELAY_NANOS * coldness()) : 0;
    }

    private double coldness() {
        return Math.max(0, 1 - (double) warmed / capacity.warmUp());
    }

    private void warm() {
        if (fault == Fault.COLD && ++warmed >= capacity.warmUp()) {
            become(Fault.OK);
        }
    }

    private void awaitChange(long before) throws InterruptedException {
        while (change == before) {
            changed.await();
        }
    }

    /** Waits until the instant; false when the fault changed before. */
    private boolean reached(long instant, long before) throws InterruptedException {
        long left = instant - nanos.getAsLong();
        while (left > 0 && change == before) {
            left = changed.awaitNanos(left);
        }
        return change == before;
    }
}
