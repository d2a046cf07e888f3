package de.doppelboden.continuity.simulation;

/** The process that was running has been killed; unwinds what it was doing. */
final class Crash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("killed", null, false, false);
    }
}
