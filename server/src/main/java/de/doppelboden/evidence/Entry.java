package de.doppelboden.evidence;

import java.time.Instant;
import java.util.UUID;

/**
 * A note with what makes it an entry.
 *
 * @param id makes the entry recognisable when it is stored again after a crash
 * @param at to the microsecond
 * @param process that wrote it, as {@code gateway}
 */
public record Entry(UUID id, Instant at, String process, Note note) {}
