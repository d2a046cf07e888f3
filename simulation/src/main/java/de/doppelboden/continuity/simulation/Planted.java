package de.doppelboden.continuity.simulation;

/** A mistake that a careless hand could have built in; a world has some, mostly none. */
public interface Planted {}
