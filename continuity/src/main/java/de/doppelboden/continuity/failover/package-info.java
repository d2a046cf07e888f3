/**
 * Purpose: the loop that moves users, takes them back, holds exercises and lets changes through; and the switch that the data path asks.
 * Terms: decision, route, switch, way, hold, return ramp, proof, exercise, change gate.
 * May use: all the others but hindsight.
 * Invariant: each pass has one decision with its reason; who asks the switch waits for nothing.
 * Limits: steps, relapses, holds and exercises have a longest time.
 */
@NullMarked
package de.doppelboden.continuity.failover;

import org.jspecify.annotations.NullMarked;
