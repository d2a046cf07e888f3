package de.doppelboden.configuration;

/**
 * One thing that is wrong with a configuration.
 *
 * @param source the file, or the environment variable
 * @param line counted from 1; 0 when the problem has no line
 * @param key the path of the key, as {@code services[0].budget}
 * @param message what is wrong and what was expected
 */
public record Problem(String source, int line, String key, String message) {

    @Override
    public String toString() {
        return source + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
