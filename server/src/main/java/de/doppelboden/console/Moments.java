package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times as people in a German office read them. */
public final class Moments {

    /** The city's: of the pages, of what commands print for people, and of the logs. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z");
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter GIVEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm[:ss][.SSS][XXX]", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.GERMAN);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.GERMAN);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.GERMAN);

    private Moments() {}

    /** The text with each instant in it as the city's time, and how far that is from UTC: "2026-11-24T12:02:41+01:00". */
    public static String local(String text) {
        return INSTANT.matcher(text)
                .replaceAll(found -> ISO.format(Instant.parse(found.group()).atZone(ZONE)));
    }

    /**
     * What {@link #local} gives, or the city's time without a zone: "2026-11-24T12:02".
     *
     * @throws DateTimeException if it is neither
     */
    public static Instant instant(String text) {
        TemporalAccessor read = GIVEN.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return read instanceof LocalDateTime local ? local.atZone(ZONE).toInstant() : Instant.from(read);
    }

    /** "11:02:41" */
    public static String clock(Instant at) {
        return CLOCK.format(at.atZone(ZONE));
    }

    /** "11:02" */
    public static String minute(Instant at) {
        return MINUTE.format(at.atZone(ZONE));
    }

    /** "24.09.2019" */
    public static String day(Instant at) {
        return DAY.format(at.atZone(ZONE));
    }

    /** "11:02 Uhr" on the day of {@code now}, else "24.09.2019, 11:02 Uhr". */
    public static String when(Instant at, Instant now) {
        LocalDate day = LocalDate.ofInstant(at, ZONE);
        String time = t("moment.clock", minute(at));
        return day.equals(LocalDate.ofInstant(now, ZONE)) ? time : day(at) + ", " + time;
    }

    /** "11:02:41" on the day of {@code now}, else "24.09.2019, 11:02:41". */
    public static String exact(Instant at, Instant now) {
        boolean today = LocalDate.ofInstant(at, ZONE).equals(LocalDate.ofInstant(now, ZONE));
        return today ? clock(at) : day(at) + ", " + clock(at);
    }

    /** "40 Sekunden", "3 Minuten", "2 Stunden", "5 Tage": the largest unit that fits. */
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 60) {
            return plural("moment.second", seconds);
        }
        if (seconds < 60 * 60) {
            return plural("moment.minute", seconds / 60);
        }
        return seconds < 48 * 60 * 60
                ? plural("moment.hour", seconds / 60 / 60)
                : plural("moment.day", seconds / 60 / 60 / 24);
    }

    /** "vor 3 Tagen": how long ago {@code at} was. */
    public static String ago(Instant at, Instant now) {
        Duration span = Duration.between(at, now);
        long days = span.toDays();
        return t("moment.ago", days >= 2 ? t("moment.day.ago", days) : span(span));
    }

    /** "6.672" */
    public static String number(long value) {
        return String.format(Locale.GERMANY, "%,d", value);
    }

    private static String plural(String key, long count) {
        return t(count == 1 ? key + ".one" : key + ".many", count);
    }
}
