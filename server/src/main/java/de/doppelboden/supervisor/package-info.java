/**
 * Purpose: starts the processes, starts again what dies, stops all of them together.
 * Terms: program, child, pid file, pause.
 * May use: configuration, database.
 * Invariant: no child outlives a clean stop; what an unclean one left is ended or adopted before anything starts.
 * Limits: one supervisor a data folder; a pause between two starts is bounded, and so are log files.
 */
@NullMarked
package de.doppelboden.supervisor;

import org.jspecify.annotations.NullMarked;
