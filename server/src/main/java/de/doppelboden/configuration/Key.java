package de.doppelboden.configuration;

import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration: its name, what it is for, its default and its bounds, as a person would write them.
 *
 * @param fallback the default; none when the key must be given or may be absent
 */
public record Key(
        String name,
        String description,
        @Nullable String fallback,
        @Nullable String least,
        @Nullable String most,
        boolean required) {

    /** A key that must be given. */
    public static Key required(String name, String description) {
        return new Key(name, description, null, null, null, true);
    }

    /** A key that has a default. */
    public static Key withDefault(String name, String fallback, String description) {
        return new Key(name, description, fallback, null, null, false);
    }

    /** A key that may be absent and then means nothing. */
    public static Key optional(String name, String description) {
        return new Key(name, description, null, null, null, false);
    }

    /** Both ends are allowed. */
    public Key between(String lowest, String highest) {
        return new Key(name, description, fallback, lowest, highest, required);
    }

    String bounds() {
        return least == null ? "" : least + " to " + most;
    }
}
