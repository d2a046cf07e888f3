/**
 * Purpose: which side acts for an ordered key, under which epoch, and how a gateway may be sure of it.
 * Terms: epoch, ownership, claim, lease, entitlement, yield.
 * May use: the vocabulary.
 * Invariant: an ordered key never has two owners, whatever stops, pauses or is cut off.
 * Limits: a lease, and what a claimant waits for one.
 */
@NullMarked
package de.doppelboden.continuity.ownership;

import org.jspecify.annotations.NullMarked;
