/**
 * Purpose: what users get of a web application whose sides fall ill by a script, through any HTTP gateway: ours and its peers.
 * Terms: scenario (a fault by the second), bad (failed, or later than half a second).
 * May use: city.webapp (the sides); the product from outside, by HTTP and its configuration.
 * Invariant: the load is open: each request has its instant, whether earlier ones were answered or not.
 * Limits: a scenario lasts 33 seconds, the longest 73.
 */
@NullMarked
package de.doppelboden.bench.failover;

import org.jspecify.annotations.NullMarked;
