package de.doppelboden.register.feed;

/** What the feed is doing. */
public enum FeedPhase {
    /** Nothing was ever read; the standby cannot serve. */
    EMPTY,
    /** The first load runs; the standby cannot serve yet. */
    LOADING,
    /** Changes are read as they come. */
    RUNNING,
    /** A person or a permitted change holds the feed; new blocks still come through. */
    HELD,
    /** The primary changed more at once than is plausible; a person must accept it. New blocks still come through. */
    STOPPED;

    /** Whether the copy can be shown to clerks. */
    public boolean serves() {
        return this == RUNNING || this == HELD || this == STOPPED;
    }
}
