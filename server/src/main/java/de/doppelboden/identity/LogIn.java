package de.doppelboden.identity;

import java.time.Duration;

/** What became of an attempt to log in. */
public sealed interface LogIn {

    /** It is she. */
    record Accepted(Person person) implements LogIn {}

    /** Unknown, disabled, or a wrong password: which one is not said. */
    record Refused() implements LogIn {}

    /** Too many wrong passwords; nothing was checked. */
    record Throttled(Duration left) implements LogIn {}

    /** It cannot be said now. The reason is for operators, in English. */
    record Unavailable(String reason) implements LogIn {}
}
