/**
 * Purpose: the control process: pages and REST for people who run services, and the shell around the standby's pages.
 * Terms: page, shell, situation page, service page, worklist, evidence log.
 * May use: Spring, jte, identity, evidence, database, configuration; speaks to the gateway by HTTP only.
 * Invariant: no page without a log-in but the log-in page; no act without a reason and a token against forgery.
 * Limits: request heads, forms, rows on a page and waits for the gateway are all bounded.
 */
@NullMarked
package de.doppelboden.console;

import org.jspecify.annotations.NullMarked;
