/**
 * Purpose: a web application of the city with two sides, primary and standby, that fall ill by a script.
 * Terms: side (a server with few slots), behaviour (what it does with a request now), script (behaviour by the second).
 * May use: city.people's pace.
 * Invariant: a side notes each write that it really carried out, whatever became of the answer.
 * Limits: 1,000 requests wait at a side; loopback only.
 */
@NullMarked
package de.doppelboden.city.webapp;

import org.jspecify.annotations.NullMarked;
