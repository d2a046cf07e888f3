package de.doppelboden.evidence;

/** What became of a note. */
public sealed interface Accepted {

    /** Committed. */
    record InDatabase() implements Accepted {}

    /** Durable in a local file, since the database is away; it follows by itself. */
    record InFile() implements Accepted {}

    /** Not kept; the reason is for an operator. */
    record Refused(String reason) implements Accepted {}
}
