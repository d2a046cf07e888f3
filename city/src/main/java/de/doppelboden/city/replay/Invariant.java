package de.doppelboden.city.replay;

/**
 * What must hold after a replay.
 *
 * @param name as in the JSON
 * @param promise what must hold
 * @param sentence what is wrong if it does not
 */
public record Invariant(String name, boolean holds, String promise, String sentence) {}
