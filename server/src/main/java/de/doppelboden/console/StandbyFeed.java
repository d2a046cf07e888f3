package de.doppelboden.console;

import java.sql.SQLException;
import java.util.Optional;

/** What keeps a standby current, as far as people give it orders; whoever feeds one brings it. */
public interface StandbyFeed {

    /** What can be ordered from the console; what takes the whole copy back or anew is ordered by command. */
    enum Order {
        /** The mass change that stopped the feed is meant. */
        ACCEPT,
        HOLD,
        RELEASE,
        /** Compare both sides completely, and read again what differs. */
        COMPARE
    }

    /**
     * Orders it and waits a moment for what comes of it.
     *
     * @param actor an opaque id
     * @return what came of it, a sentence; empty if it is still to be carried out
     * @throws SQLException if it cannot be ordered now
     */
    Optional<String> order(Order order, String reason, String actor) throws SQLException;
}
