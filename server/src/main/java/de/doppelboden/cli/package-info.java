/**
 * Purpose: the command line, one class a command, and the entry of the product's processes.
 * Terms: command, exit code, break-glass.
 * May use: everything in the product; nothing uses it.
 * Invariant: every command has --help and documented exit codes, and prints one JSON object with --json.
 * Limits: no state of its own.
 */
@NullMarked
package de.doppelboden.cli;

import org.jspecify.annotations.NullMarked;
