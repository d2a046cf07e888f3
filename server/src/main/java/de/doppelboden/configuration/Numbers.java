package de.doppelboden.configuration;

/** Whole numbers as people write them in a configuration: digits, at most eighteen. */
final class Numbers {

    private Numbers() {}

    static long whole(String text) {
        String stripped = text.strip();
        if (!stripped.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("no whole number");
        }
        return Long.parseLong(stripped);
    }
}
