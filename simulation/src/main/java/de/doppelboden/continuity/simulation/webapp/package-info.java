/**
 * Purpose: runs the cycle of a web application in a seeded world: free keys, classes that move alone, hedges, restarts.
 * Terms: site (the application), its two servers, its gateway, errand (a request on its way), visitors, ledger (what was written).
 * May use: continuity's public API, the world; planted bugs live here and never in production code.
 * Invariant: one seed is one history; the auditor, and nobody else, knows the truth.
 * Limits: one gateway, because free keys are moved by each gateway by itself; writes are counted, their content is not.
 */
@NullMarked
package de.doppelboden.continuity.simulation.webapp;

import org.jspecify.annotations.NullMarked;
