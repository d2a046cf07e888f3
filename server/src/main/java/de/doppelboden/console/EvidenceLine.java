package de.doppelboden.console;

/**
 * An entry of the evidence log as the list shows it.
 *
 * @param chained it is part of the chain; a new one is a moment later
 */
public record EvidenceLine(
        long number, String when, String service, String kind, String text, String person, boolean chained) {}
