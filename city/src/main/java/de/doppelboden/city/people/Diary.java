package de.doppelboden.city.people;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the people of one group saw, each entry written by who saw it. Thread-safe. Times are those of the replay's monotonic clock.
 */
public final class Diary {

    /** Later than this is late in a user's eyes; the product is configured with the same. */
    public static final Duration BUDGET = Duration.ofMillis(500);

    /** What a user got for one action: a page asked for, with the redirects that belong to it. */
    public enum Got {
        /** The right page in time. */
        GOOD,
        /** The right page, later than a user takes for working. */
        LATE,
        /** A wrong page, an error, or none. */
        FAILED
    }

    /**
     * One action.
     *
     * @param what the errand's word or {@code suche}, {@code anmeldung}
     * @param side {@code primary}, {@code standby} or {@code none}
     * @param shown the residents whose data was on the page
     */
    public record Request(
            int desk,
            String what,
            long began,
            long ended,
            Got got,
            String side,
            boolean seesBlocked,
            List<Long> shown) {

        public long millis() {
            return (ended - began) / 1_000_000;
        }
    }

    /** Somebody sent a form, whatever came back. */
    public record Attempt(int number, String errand, long om, String mark, String vorgang, long at) {

        static Attempt of(Citizen citizen, long om, String vorgang, long at) {
            return new Attempt(citizen.number(), citizen.errand().word(), om, citizen.mark(), vorgang, at);
        }
    }

    /** Somebody was told that it is done. */
    public record Acknowledged(
            int number, String errand, long om, String mark, String vorgang, boolean standby, long at) {

        static Acknowledged of(Citizen citizen, long om, String vorgang, boolean standby, long at) {
            return new Acknowledged(
                    citizen.number(), citizen.errand().word(), om, citizen.mark(), vorgang, standby, at);
        }
    }

    /** A citizen left. */
    public record Left(int number, String errand, String outcome, long at) {

        static Left of(Citizen citizen, Citizen.Outcome outcome, long at) {
            return new Left(citizen.number(), citizen.errand().word(), outcome.name(), at);
        }
    }

    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Left> left = new ConcurrentLinkedQueue<>();

    public void write(Request request) {
        requests.add(request);
    }

    public void write(Attempt attempt) {
        attempts.add(attempt);
    }

    public void write(Acknowledged done) {
        acknowledged.add(done);
    }

    public void write(Left gone) {
        left.add(gone);
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    public List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    public List<Left> left() {
        return List.copyOf(left);
    }
}
