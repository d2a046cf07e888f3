/**
 * Purpose: the model city: simulated primaries, people at desks and phones, faults, replays of September 2019.
 * Terms: primary, office, fault, scene, replay, auditor.
 * May use: the server, and protocol libraries that are not our own.
 * Invariant: the product never uses it.
 * Limits: runs on one machine, on loopback.
 */
@NullMarked
package de.doppelboden.city;

import org.jspecify.annotations.NullMarked;
