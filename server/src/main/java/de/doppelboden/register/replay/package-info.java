/**
 * Purpose: hands what was done on the standby to the primary's interface for orders, and asks it what became of an order.
 * Terms: order, idempotency key, base version, read-back.
 * May use: the JDK's HTTP client, continuity, configuration, register's facade; no framework, it runs in the gateway process.
 * Invariant: an order whose outcome is not known is never said to be applied or not applied.
 * Limits: every call ends within the configured time; 64 KB an answer.
 */
@NullMarked
package de.doppelboden.register.replay;

import org.jspecify.annotations.NullMarked;
