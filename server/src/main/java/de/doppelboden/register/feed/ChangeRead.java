package de.doppelboden.register.feed;

/** What a batch of the primary's changes came to. */
sealed interface ChangeRead {

    /** It is in the copy, in the caller's transaction. */
    record Taken(IntakeCount count) implements ChangeRead {}

    /** It is more than is plausible at once; the caller's transaction is to be rolled back and a person asked. */
    record Refused(String reason) implements ChangeRead {}
}
