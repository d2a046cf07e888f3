package de.doppelboden.continuity.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Time, chance, and what happens next. Whoever blocks lets the world go on below itself. */
public final class World {

    public static final Instant START = Instant.parse("2019-09-24T09:00:00Z");
    private static final int DEPTH_AT_MOST = 12;

    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    public final Random random;
    public final List<String> violations = new ArrayList<>();
    private final Set<? extends Planted> bugs;
    private final boolean traced;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now = 1_000_000_000L;
    private long number;
    private int depth;

    public World(long seed, Set<? extends Planted> bugs, boolean traced) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        this.bugs = bugs;
        this.traced = traced;
    }

    public boolean has(Planted bug) {
        return bugs.contains(bug);
    }

    public long now() {
        return now;
    }

    public double seconds() {
        return now / 1e9;
    }

    public boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /** Between the two, evenly. */
    public double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    public void after(double seconds, Runnable what) {
        events.add(new Event(now + (long) (seconds * 1e9), number++, what));
    }

    public void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at() <= end && violations.isEmpty()) {
            var event = events.remove();
            now = Math.max(now, event.at());
            event.what().run();
        }
        now = Math.max(now, end);
    }

    /** Somebody blocks for so long: all others go on. */
    void block(double seconds) {
        if (depth >= DEPTH_AT_MOST) {
            return;
        }
        depth++;
        try {
            runUntil(now + (long) (seconds * 1e9));
        } finally {
            depth--;
        }
    }

    public void violated(String what) {
        trace("VIOLATED: " + what);
        violations.add("at %.3f s: %s".formatted(seconds(), what));
    }

    public void trace(String what) {
        if (traced) {
            System.out.printf("%9.3f %s%n", seconds(), what);
        }
    }

    boolean traced() {
        return traced;
    }
}
