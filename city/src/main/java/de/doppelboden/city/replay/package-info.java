/**
 * Purpose: what playing any historic outage needs, and the counters of 24 September 2019: two groups of the same people, both audited.
 * Terms: outage, scene, group, skipped hours, auditor, figure.
 * May use: city.people, city.register, city.fault, city.population; of the product its command line and its addresses only.
 * Invariant: figures come from the diaries of the people and from the primary's database after the return; nothing is special-cased.
 * Limits: one minute of wall time for the counters.
 */
@NullMarked
package de.doppelboden.city.replay;

import org.jspecify.annotations.NullMarked;
