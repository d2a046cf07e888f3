package de.doppelboden.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Time that a test steps, and what is to happen in it. */
public final class SteppedTime implements Time {

    private static final Instant START = Instant.parse("2019-09-24T09:00:00Z");

    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nanos = 1_000_000_000L;
    private long number;

    @Override
    public Instant wall() {
        return START.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    public void after(double seconds, Runnable what) {
        events.add(new Event(nanos + (long) (seconds * 1e9), number++, what));
    }

    public void pass(Duration duration) {
        runUntil(nanos + duration.toNanos());
    }

    void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at() <= end) {
            var event = events.remove();
            nanos = Math.max(nanos, event.at());
            event.what().run();
        }
        nanos = end;
    }

    public double seconds() {
        return nanos / 1e9;
    }
}
