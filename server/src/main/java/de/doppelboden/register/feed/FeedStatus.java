package de.doppelboden.register.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How current the copy is.
 *
 * @param reason why the feed is held or stopped, a sentence; empty otherwise
 * @param asOf the copy shows the primary as it was then; null before the first load
 * @param failingSince since when the primary could not be read; null while it can
 * @param failure what the last attempt met; empty when it went well
 * @param changes rows changed since the first load
 */
public record FeedStatus(
        FeedPhase phase,
        String reason,
        long cursor,
        @Nullable Instant asOf,
        @Nullable Instant blocksAsOf,
        @Nullable Instant failingSince,
        String failure,
        long residents,
        long changes,
        Load load,
        @Nullable Comparison comparison) {

    /** Progress of the first load. */
    public record Load(@Nullable Instant started, long rows, long total) {

        /** At the pace so far; empty before the first rows. */
        public Optional<Duration> remaining(Instant now) {
            if (started == null || rows == 0 || total <= rows) {
                return Optional.empty();
            }
            long spent = Duration.between(started, now).toMillis();
            return Optional.of(Duration.ofMillis(spent * (total - rows) / rows));
        }
    }

    /** How far the copy is behind at this moment; empty before the first load. */
    public Optional<Duration> lag(Instant now) {
        return Optional.ofNullable(asOf).map(at -> Duration.between(at, now));
    }
}
