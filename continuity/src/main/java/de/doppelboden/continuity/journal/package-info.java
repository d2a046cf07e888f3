/**
 * Purpose: what users do on the standby, and how it goes back into the primary.
 * Terms: journal entry, backlog, replay, reconciliation, suspect.
 * May use: the vocabulary, ownership.
 * Invariant: what was acknowledged is in the journal first, and goes back once, in the order of its key.
 * Limits: entries tried at once, and how often one is tried.
 */
@NullMarked
package de.doppelboden.continuity.journal;

import org.jspecify.annotations.NullMarked;
