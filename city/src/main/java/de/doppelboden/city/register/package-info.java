/**
 * Purpose: the primary register of the model city, a program of its own: log-in, pages for clerks, interface, feed views.
 * Terms: resident, om (Ordnungsmerkmal), stand (version of a record), vorgang (what makes an order one order), block (Auskunftssperre).
 * May use: city.fault, city.population, the JDK's HTTP server, Jackson, JDBC; nothing of the product but its database package.
 * Invariant: an order is carried out once, however often it is sent; a blocked person is shown to nobody who lacks the right.
 * Limits: bodies of 64 KiB, 100 hits, as many waiting requests as the storage allows.
 */
@NullMarked
package de.doppelboden.city.register;

import org.jspecify.annotations.NullMarked;
