package de.doppelboden.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Slows guessing down. Attempts are counted for a name from one address (so that nobody locks a colleague out), for a
 * name from everywhere, and for an address whatever the name; the right password gives its attempt back. Counting
 * before checking keeps many attempts at once from slipping through. Remembers at most {@value #MOST} counts. Any thread.
 */
final class LogInLimits {

    private static final int MOST = 20_000;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int PER_PAIR = 5;
    private static final int PER_NAME = 50;
    private static final int PER_ADDRESS = 200;

    private final InstantSource clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST;
        }
    };

    LogInLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts an attempt; returns how long it has to wait, zero if it may be made now. */
    synchronized Duration attempt(String login, String address) {
        Instant now = clock.instant();
        Duration wait = Duration.ZERO;
        for (Limit limit : limits(login, address)) {
            Count count = count(limit, now);
            if (count.attempts >= limit.allowed) {
                Duration left = Duration.between(now, count.begun.plus(WINDOW));
                wait = left.compareTo(wait) > 0 ? left : wait;
            }
        }
        if (wait.isZero()) {
            limits(login, address).forEach(limit -> add(limit, now, 1));
        }
        return wait;
    }

    /** The attempt was right: it does not count, and neither do the wrong ones before it from there. */
    synchronized void right(String login, String address) {
        giveBack(login, address);
        counts.remove(pair(login, address));
    }

    /** The attempt was not checked after all. */
    synchronized void giveBack(String login, String address) {
        Instant now = clock.instant();
        limits(login, address).forEach(limit -> add(limit, now, -1));
    }

    private void add(Limit limit, Instant now, int attempts) {
        Count count = count(limit, now);
        counts.put(limit.name, new Count(count.begun, Math.max(0, count.attempts + attempts)));
    }

    private Count count(Limit limit, Instant now) {
        Count count = counts.get(limit.name);
        return count == null || !now.isBefore(count.begun.plus(WINDOW)) ? new Count(now, 0) : count;
    }

    private static List<Limit> limits(String login, String address) {
        return List.of(
                new Limit(pair(login, address), PER_PAIR),
                new Limit("name " + login, PER_NAME),
                new Limit("address " + address, PER_ADDRESS));
    }

    private static String pair(String login, String address) {
        return "pair " + address + " " + login;
    }

    private record Limit(String name, int allowed) {}

    private record Count(Instant begun, int attempts) {}
}
