package de.doppelboden.register.feed;

import java.time.Instant;
import java.util.List;

/**
 * What a complete comparison of both sides found.
 *
 * @param residents how many records the primary has
 * @param differing how many records differ
 * @param named the first of them, at most {@value #NAMED}
 * @param repaired whether the copy was made equal afterwards
 */
public record Comparison(Instant at, long residents, long differing, List<Difference> named, boolean repaired) {

    static final int NAMED = 1000;

    /** One record that is not the same on both sides. */
    public record Difference(String om, Kind kind) {}

    /** In which way a record differs. */
    public enum Kind {
        /** The standby lacks it. */
        MISSING,
        /** The primary no longer has it. */
        SURPLUS,
        /** Both have it, with another content. */
        DIFFERENT
    }

    public Comparison {
        named = List.copyOf(named);
    }

    public boolean equal() {
        return differing == 0;
    }

    /** For people, in one sentence; no names, only numbers of persons. */
    public String sentence() {
        return equal()
                ? "both sides are equal: " + residents + " records"
                : differing + " of " + residents + " records differed"
                        + (repaired ? " and were read again" : "") + ": "
                        + String.join(
                                ", ",
                                named.stream()
                                        .limit(10)
                                        .map(d -> d.om() + " " + d.kind())
                                        .toList());
    }
}
