package de.doppelboden.console;

/** What was typed into the search of the evidence log: service, kind, text, first and last day. */
public record EvidenceSearch(String dienst, String art, String text, String von, String bis) {}
