/**
 * Purpose: keeps the standby's copy of the register current and says how far behind it is.
 * Terms: feed, lag, cursor, first load, complete difference, mass change, held, stopped.
 * May use: continuity, configuration, database, register's facade; runs in the control process on threads of its own.
 * Invariant: what the primary committed is read at least once; a mass change never reaches the copy unasked.
 * Limits: each read has a timeout; 1,000 differing records are named; rows replaced are kept for 24 hours.
 */
@NullMarked
package de.doppelboden.register.feed;

import org.jspecify.annotations.NullMarked;
