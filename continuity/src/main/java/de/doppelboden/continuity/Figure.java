package de.doppelboden.continuity;

/**
 * One number that a sentence of the judge rests on.
 *
 * @param unit as a person reads it: {@code requests}, {@code %}, {@code ms}, {@code 1/s}
 */
public record Figure(String name, double value, String unit) {}
