/**
 * Purpose: the cycle that every service runs: feed, observe, judge, switch, journal, return, reconcile, prove, gate. Here is what all
 * its rooms speak of; begin with {@link de.doppelboden.continuity.failover.FailoverController} and
 * {@link de.doppelboden.continuity.judge.Judge}.
 * Terms: service, operation, key, side, mode, state, slice, order, decision.
 * May use: the JDK; the compiler is the wall.
 * Invariant: time, randomness, sockets and disks come in from outside, so a seed repeats every run.
 * Limits: every queue, loop and wait in here has a bound.
 */
@NullMarked
package de.doppelboden.continuity;

import org.jspecify.annotations.NullMarked;
