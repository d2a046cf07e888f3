/**
 * Purpose: one YAML file, checked at start, read into immutable records.
 * Terms: key, unit, bound, default, override.
 * May use: nothing of the product.
 * Invariant: a record exists only when the whole file is right; every key is in the reference with unit and default.
 * Limits: a file of at most 1 MiB; secrets never stand in it, only the names of their files.
 */
@NullMarked
package de.doppelboden.configuration;

import org.jspecify.annotations.NullMarked;
