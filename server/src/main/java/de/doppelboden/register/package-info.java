/**
 * Purpose: the register of residents as a service: what clerks do, and what both sides must agree on.
 * Terms: resident, clerk, information block, search form, receipt, counter, "Stand" (the time of the data shown).
 * May use: continuity, configuration, database; its rooms (gate, feed, replay, probe, counter) use it.
 * Invariant: a person under an information block does not exist for whoever lacks the right to see her.
 * Limits: one register an installation; names of 120 letters; answers of 100 persons.
 */
@NullMarked
package de.doppelboden.register;

import org.jspecify.annotations.NullMarked;
