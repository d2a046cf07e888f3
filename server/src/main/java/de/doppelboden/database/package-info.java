/**
 * Purpose: the one database: PostgreSQL of our own or of the city, its connections, its schemas.
 * Terms: embedded, cluster, adopt, schema, access.
 * May use: configuration.
 * Invariant: never with fsync, synchronous_commit or full_page_writes off, never as root, never without a password.
 * Limits: one embedded server a data folder, Linux on x86-64 and ARM64; pools are small, waiting for them is bounded.
 */
@NullMarked
package de.doppelboden.database;

import org.jspecify.annotations.NullMarked;
