/**
 * Purpose: continuity's cycle in the real world: its stores in PostgreSQL, its threads, what it tells others.
 * Terms: ownership, epoch, journal, worklist, proof, permit, traffic, decision.
 * May use: continuity, database, configuration; services and pages use it.
 * Invariant: an entry is stored only under the epoch that owns its key; a change of owner waits for all who append.
 * Limits: each statement is bounded by the pool's time limit; pages of entries by their limit; traffic by 24 hours.
 */
@NullMarked
package de.doppelboden.cycle;

import org.jspecify.annotations.NullMarked;
