/**
 * Purpose: the last hour once more, with other settings: what would have been decided, and what users would have got.
 * Terms: what-if, truth.
 * May use: all the others.
 * Invariant: it plays the same judge, controller and switch as the product runs.
 * Limits: the recording of an hour; the passes of one replay.
 */
@NullMarked
package de.doppelboden.continuity.hindsight;

import org.jspecify.annotations.NullMarked;
