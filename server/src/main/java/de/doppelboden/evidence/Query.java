package de.doppelboden.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * What is looked for in the log; each part that is given narrows it.
 *
 * @param kind with all kinds below it: {@code act} finds {@code act.failover}
 * @param text a part of the sentence, in any case
 * @param from the first moment, and {@code until} the first that is too late
 * @param before only entries with smaller numbers; the last number of a page gives the next page
 * @param limit at most 500 entries
 */
public record Query(
        Optional<String> service,
        Optional<String> kind,
        Optional<String> text,
        Optional<Instant> from,
        Optional<Instant> until,
        long before,
        int limit) {

    static final int LIMIT = 500;

    public Query {
        if (limit < 1 || limit > LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + LIMIT + " entries, not " + limit);
        }
    }

    /** The latest entries. */
    public static Query latest(int limit) {
        return new Query(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Long.MAX_VALUE,
                limit);
    }

    public Query ofService(String id) {
        return new Query(Optional.of(id), kind, text, from, until, before, limit);
    }

    public Query ofKind(String prefix) {
        return new Query(service, Optional.of(prefix), text, from, until, before, limit);
    }

    public Query withText(String part) {
        return new Query(service, kind, Optional.of(part), from, until, before, limit);
    }

    public Query between(Instant first, Instant end) {
        return new Query(service, kind, text, Optional.of(first), Optional.of(end), before, limit);
    }

    public Query before(long number) {
        return new Query(service, kind, text, from, until, number, limit);
    }
}
