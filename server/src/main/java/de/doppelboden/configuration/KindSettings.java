package de.doppelboden.configuration;

/** What only one kind of service is told. */
public sealed interface KindSettings permits RegisterSettings {}
