/**
 * Purpose: does what users do, on both sides, so that little traffic is judged too.
 * Terms: probe, ask (one thing that is done), doubt (a side whose state is worth a probe at once).
 * May use: cycle, continuity, gateway.http; no framework.
 * Invariant: a probe reads only; it is content that decides, not a status.
 * Limits: one of each ask under way; each ends with the probe's time limit.
 */
@NullMarked
package de.doppelboden.gateway.probe;

import org.jspecify.annotations.NullMarked;
