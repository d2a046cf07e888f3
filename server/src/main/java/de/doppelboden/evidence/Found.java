package de.doppelboden.evidence;

import java.util.Optional;

/**
 * An entry of the log as it is shown.
 *
 * @param position in the chain; empty while it is not chained
 * @param person whom the opaque id means, while that is still kept
 */
public record Found(long number, Entry entry, Optional<Long> position, Optional<String> person) {}
