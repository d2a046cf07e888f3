/**
 * Purpose: the people of the model city: citizens with their cases, clerks at their desks with a browser, and a diary of what they got.
 * Terms: citizen, case, desk, hall, page, diary.
 * May use: city.population, the JDK's HTTP client; no type of the product or of the primary: people know pages only.
 * Invariant: decisions come from the seed alone; what is in the diary is what a person saw on a page.
 * Limits: a page of 4 MiB, a wait of ten seconds for it, as many entries as requests were made.
 */
@NullMarked
package de.doppelboden.city.people;

import org.jspecify.annotations.NullMarked;
