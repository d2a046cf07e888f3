/**
 * Purpose: the evidence log: every act, verdict, switch, proof, change and notice, durable, chained, findable.
 * Terms: note, entry, link, head, anchor, sequencer, person.
 * May use: database, configuration.
 * Invariant: what was accepted is stored exactly once, whoever dies meanwhile; no personal data is in the chain.
 * Limits: 100,000 entries wait; a text has 4,000 characters, a detail 64 KB; one page has 500 entries.
 */
@NullMarked
package de.doppelboden.evidence;

import org.jspecify.annotations.NullMarked;
