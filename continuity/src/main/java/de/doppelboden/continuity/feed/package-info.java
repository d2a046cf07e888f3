/**
 * Purpose: what goes from the primary into the standby, how far behind it is, and when it may not go on.
 * Terms: feed change, lag, guard.
 * May use: the vocabulary, ownership.
 * Invariant: a feed that would destroy the standby is stopped before it does.
 * Limits: changes in a window.
 */
@NullMarked
package de.doppelboden.continuity.feed;

import org.jspecify.annotations.NullMarked;
