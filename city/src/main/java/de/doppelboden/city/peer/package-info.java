/**
 * Purpose: programs of others that stand where the product stands, run with settings of ours, to be played and measured beside it.
 * Terms: peer (a program of others), template (settings with words in braces).
 * May use: city.people's pace, and what is installed on this machine.
 * Invariant: what is missing is named with its Debian package; nothing is left running.
 * Limits: loopback only; five seconds until a peer listens.
 */
@NullMarked
package de.doppelboden.city.peer;

import org.jspecify.annotations.NullMarked;
