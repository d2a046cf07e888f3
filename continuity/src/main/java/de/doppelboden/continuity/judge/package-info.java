/**
 * Purpose: what requests got becomes a verdict on each class and side, with its numbers in a sentence.
 * Terms: flight, outcome, evidence, verdict, suspicion, stall, hedge budget, recording.
 * May use: the vocabulary.
 * Invariant: evidence while the gateway itself did not run well is void; nothing in here moves anybody.
 * Limits: classes, sides, requests under way and what is remembered of the last hour, all bounded.
 */
@NullMarked
package de.doppelboden.continuity.judge;

import org.jspecify.annotations.NullMarked;
