/**
 * Purpose: the synthetic residents and clerks of the model city, the same for the same seed.
 * Terms: resident, household, clerk, customer centre.
 * May use: the JDK.
 * Invariant: no real person's data; names are drawn independently from lists written by hand; the postal codes do not exist.
 * Limits: at most 10 million residents; one pass, no resident is kept.
 */
@NullMarked
package de.doppelboden.city.population;

import org.jspecify.annotations.NullMarked;
