package de.doppelboden.configuration;

/**
 * What the reference says about one key.
 *
 * @param path as {@code doppelboden.services[].budget}
 * @param kind of service that has the key; empty: any
 * @param section true when the key only holds other keys
 */
public record KeyReference(
        String path, String kind, String unit, String bounds, String fallback, String description, boolean section) {

    /** The environment variable that overrides the key; N stands for the place in the list, counted from 0. */
    public String variable() {
        return Environment.variable(path.replace("[]", "[N]"));
    }
}
