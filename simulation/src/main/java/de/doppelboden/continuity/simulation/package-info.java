/**
 * Purpose: runs the whole cycle in a seeded world in which everything breaks, and checks that its promises hold.
 * Terms: world (time, chance, what happens next), sides, store, links, gateways, clients, auditor, planted bugs.
 * May use: continuity's public API, the JDK; planted bugs live here and never in production code.
 * Invariant: one seed is one history; nothing asks a real clock, a real random source or a thread.
 * Limits: a run is some seconds of simulated time, and nested waits are at most a few deep.
 */
@NullMarked
package de.doppelboden.continuity.simulation;

import org.jspecify.annotations.NullMarked;
