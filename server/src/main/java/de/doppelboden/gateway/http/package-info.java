/**
 * Purpose: HTTP/1.1 on bytes, towards users and towards the sides of a service; HTTP/2 towards both on the same exchange.
 * Terms: head, framing, line (a user's end of one exchange), exchange (one request of a user), call (one request to a side).
 * May use: `gateway.wire`, the JDK, slf4j, and Netty for frames of HTTP/2; knows nothing of the cycle or of any service.
 * Invariant: nothing is passed on as it came; every message is read strictly (RFC 9112) and written anew.
 * Limits: line, head, body, number of connections and every wait are bounded by HttpLimits.
 */
@NullMarked
package de.doppelboden.gateway.http;

import org.jspecify.annotations.NullMarked;
