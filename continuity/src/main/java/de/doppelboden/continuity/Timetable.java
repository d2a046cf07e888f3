package de.doppelboden.continuity;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When exercises are held.
 *
 * @param every time between two of them
 * @param at time of day at which they begin; of no meaning if they are held several times a day
 */
public record Timetable(Duration every, LocalTime at, ZoneId zone) {

    private static final Duration DAY = Duration.ofDays(1);
    /** What could not be held, or had too few users, is tried again so soon: perhaps the offices have opened meanwhile. */
    private static final Duration AGAIN = Duration.ofHours(1);

    public Timetable {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("the time between two exercises is positive: " + every);
        }
    }

    /** The first one of a service that begins now. */
    public Instant first(Instant now) {
        return every.compareTo(DAY) < 0 ? now.plus(every) : atFrom(now);
    }

    /** The next one after one that was held. */
    public Instant afterHeld(Instant now) {
        return every.compareTo(DAY) < 0
                ? now.plus(every)
                : atFrom(now.plus(every).minus(DAY.dividedBy(2)));
    }

    /** The next attempt after one that was refused or proved nothing. */
    public Instant afterNothing(Instant now) {
        return now.plus(shorter(AGAIN));
    }

    /** The next attempt after one that its users felt: not on the same day. */
    public Instant afterHarm(Instant now) {
        return every.compareTo(DAY) < 0 ? now.plus(every) : atFrom(now.plus(DAY.dividedBy(2)));
    }

    /** A time that was noted under another timetable is not later than this one's next. */
    public Instant notLaterThanNext(Instant noted, Instant now) {
        var next = afterHeld(now);
        return noted.isBefore(next) ? noted : next;
    }

    private Duration shorter(Duration duration) {
        return duration.compareTo(every) < 0 ? duration : every;
    }

    private Instant atFrom(Instant earliest) {
        var day = earliest.atZone(zone).toLocalDate();
        var today = day.atTime(at).atZone(zone).toInstant();
        return today.isBefore(earliest)
                ? day.plusDays(1).atTime(at).atZone(zone).toInstant()
                : today;
    }
}
