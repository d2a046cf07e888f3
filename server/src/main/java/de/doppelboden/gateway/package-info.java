/**
 * Purpose: what all gateways share: the HTTP proxy, the management listener, the own-lag watch, local state.
 * Terms: gateway, side, outcome, lag.
 * May use: gateway.http, cycle, continuity, configuration; no framework.
 * Invariant: it goes on with what it has when database, control process or the other side is away.
 * Limits: HttpLimits and the connection bounds of each listener.
 */
@NullMarked
package de.doppelboden.gateway;

import org.jspecify.annotations.NullMarked;
