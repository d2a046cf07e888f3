/**
 * Purpose: one request between two sides: what counts as a success, the wait for a side, the second side that is asked as well.
 * Terms: hedge (a late read is asked of the other side too), mirror (a read whose answer is thrown away), withdrawn.
 * May use: gateway.http, cycle, continuity, configuration; no framework.
 * Invariant: only reads that both sides answer alike are asked of both; a hedge that is not needed any more ends its connection.
 * Limits: hedges by a share of all requests and a burst, mirrors by places.
 */
@NullMarked
package de.doppelboden.gateway.relay;

import org.jspecify.annotations.NullMarked;
