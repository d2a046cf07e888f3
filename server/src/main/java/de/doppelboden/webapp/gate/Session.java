package de.doppelboden.webapp.gate;

import java.util.Optional;

/**
 * Whose request it is.
 *
 * @param slice what exercises and returns pick users by
 * @param stays it is known at the standby only
 * @param bound it is known at one side only
 * @param cookies those of the request without our own, which is no side's business; empty: there is none of ours among them
 */
record Session(String slice, boolean stays, boolean bound, Optional<String> cookies) {}
