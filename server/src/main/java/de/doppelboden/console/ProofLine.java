package de.doppelboden.console;

/** A proof as the page of a service lists it. */
public record ProofLine(String when, String sentence) {}
