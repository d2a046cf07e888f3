/**
 * Purpose: plays the redundant system whose performance collapses, with HAProxy before one group and the product before the other.
 * Terms: group (people, two sides, and what stands between), front (that), plan (what the seed draws), view (what a front sees), visit.
 * May use: city.webapp, city.peer, city.people's diary and pace, city.replay; of the product its addresses, commands and sentences.
 * Invariant: all groups have the same people, the same sides and the same fault at the same time; only the front differs.
 * Limits: two minutes of wall time.
 */
@NullMarked
package de.doppelboden.city.limping;

import org.jspecify.annotations.NullMarked;
