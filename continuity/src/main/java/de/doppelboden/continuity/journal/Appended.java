package de.doppelboden.continuity.journal;

import de.doppelboden.continuity.ownership.Ownership;

/** What became of an entry that was to be appended to the journal. */
public sealed interface Appended {

    /** Durable: the user may be told that it is done. */
    record Stored(long number) implements Appended {}

    /** The same act was stored before; the user is told the same as then. */
    record Duplicate(long number) implements Appended {}

    /** The key no longer belongs to the standby; nothing was stored. */
    record Fenced(Ownership current) implements Appended {}

    /** Not known to be stored; the user must not be told that it is done, and may send the same form again. */
    record Unavailable(String reason) implements Appended {}
}
