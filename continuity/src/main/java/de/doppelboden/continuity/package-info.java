/**
 * Purpose: the cycle that every service runs: feed, observe, judge, switch, journal, return, reconcile, prove, gate.
 * Terms: service, operation, key, side, observation, verdict, failover, failback, journal, proof, permit.
 * May use: the JDK; the compiler is the wall.
 * Invariant: time, randomness, sockets and disks come in from outside, so a seed repeats every run.
 * Limits: every queue, loop and wait in here has a bound.
 */
@NullMarked
package de.doppelboden.continuity;

import org.jspecify.annotations.NullMarked;
