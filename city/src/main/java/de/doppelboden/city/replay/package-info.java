/**
 * Purpose: plays a historic outage against two groups of the same people, one without and one with the second floor, and audits both.
 * Terms: scene, group, skipped hours, auditor, figure.
 * May use: city.people, city.register, city.fault, city.population; of the product its command line and its addresses only.
 * Invariant: figures come from the diaries of the people and from the primary's database after the return; nothing is special-cased.
 * Limits: one minute of wall time.
 */
@NullMarked
package de.doppelboden.city.replay;

import org.jspecify.annotations.NullMarked;
