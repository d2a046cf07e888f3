/**
 * Purpose: measurements of the product against a real peer in the same run.
 * Terms: bench, row, peer, must, aim.
 * May use: city, server, and programs of others that are installed.
 * Invariant: a figure that the README states is printed by a command here.
 * Limits: loopback only; bounded in count and time.
 */
@NullMarked
package de.doppelboden.bench;

import org.jspecify.annotations.NullMarked;
