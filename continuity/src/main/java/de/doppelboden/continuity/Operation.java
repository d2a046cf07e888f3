package de.doppelboden.continuity;

import java.time.Duration;

/**
 * One kind of thing a user does, such as {@code register.search}.
 *
 * @param read changes nothing on either side
 * @param budget an answer later than this is late in the user's eyes
 * @param equivalent both sides answer alike: a safe read may be asked of both, a safe write be sent to either
 * @param sharedData operations that name the same data move between sides together; empty: shares data with no other
 */
public record Operation(
        String name, boolean read, Policy policy, Duration budget, boolean equivalent, String sharedData) {

    /** What an answer takes at most that is in time, once a request is sent. */
    private static final Duration ANSWERED = Duration.ofMillis(100);

    public Operation {
        if (name.isBlank() || !budget.isPositive()) {
            throw new IllegalArgumentException(
                    "an operation has a name and a positive budget: " + name + ", " + budget);
        }
    }

    /** A late read that may be asked of the other side as well, or mirrored to a side that wants to return. */
    public boolean hedgeable() {
        return read && equivalent && policy == Policy.SAFE;
    }

    /** A write that may be sent to either side: both write one store. */
    public boolean either() {
        return !read && equivalent && policy == Policy.SAFE;
    }

    /**
     * Whether it can still be answered in time if it is sent now.
     *
     * @param waited nanoseconds since the user asked
     */
    public boolean inTime(long waited) {
        return waited < budget.minus(ANSWERED).toNanos();
    }

    /** The same with another budget. */
    public Operation within(Duration other) {
        return new Operation(name, read, policy, other, equivalent, sharedData);
    }

    /** The name under which this operation moves: alone, or with all that share its data. */
    public String movesAs() {
        return sharedData.isEmpty() ? name : sharedData;
    }
}
