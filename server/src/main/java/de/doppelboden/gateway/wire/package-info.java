/**
 * Purpose: connected byte streams, plain and by TLS, with buffers that idle connections do not hold and a bound for every wait.
 * Terms: wire (a connection), source and sink (its buffered directions), deadline (when a wait ends), bulk (much of a body at once).
 * May use: the JDK, slf4j, and Netty for OpenSSL's engine; knows nothing of HTTP, of the cycle or of any service.
 * Invariant: what is lent goes back; whoever waits can be ended from any other thread by closing the wire.
 * Limits: stocks of buffers are bounded; deadlines are looked at fifty times a second.
 */
@NullMarked
package de.doppelboden.gateway.wire;

import org.jspecify.annotations.NullMarked;
