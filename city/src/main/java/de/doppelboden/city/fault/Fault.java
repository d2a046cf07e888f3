package de.doppelboden.city.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be wrong with the storage under a primary. */
public enum Fault {
    /** Nothing: the full capacity. */
    OK,
    /** A twentieth of the capacity: a single request is quick, many wait in a queue that grows. */
    LIMP,
    /** Connections are accepted, nothing is answered. */
    HANG,
    /** Each request is answered at once with an error. */
    FAIL,
    /** Each request is answered with status 200 and a page that says something went wrong. */
    LIE,
    /** Connections are refused, open ones are reset. */
    DEAD,
    /** Back after a fault with empty caches: slow at first, quicker with each request served, at last {@link #OK}. */
    COLD;

    /** The fault of this name, in any case. */
    public static Optional<Fault> named(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(fault -> fault.name().equals(wanted))
                .findFirst();
    }

    /** The name as it is typed at the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
