/**
 * Purpose: the users' address of a web application: to the primary or to the standby, whatever serves, request by request.
 * Terms: class (requests that are judged and moved together), shared state, equivalent sides, errand (one request on its way).
 * May use: gateway, gateway.http, gateway.relay, gateway.probe, cycle, continuity, configuration, console
 * (texts and moments); no framework.
 * Invariant: a write is sent twice only if its class or its user says that this does no harm; late beats none.
 * Limits: classes, held bodies, hedges, retries and mirrors are bounded; nobody waits for a switch longer than her budget.
 */
@NullMarked
package de.doppelboden.webapp.gate;

import org.jspecify.annotations.NullMarked;
