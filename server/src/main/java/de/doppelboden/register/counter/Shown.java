package de.doppelboden.register.counter;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.console.Texts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How values are written on German pages. */
public final class Shown {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /** The fields of all forms, as people read them. */
    public static final List<String> FIELDS = List.of(
            "familienname",
            "vornamen",
            "geburtsname",
            "geburtsdatum",
            "geschlecht",
            "staatsangehoerigkeit",
            "zuzugsland",
            "strasse",
            "hausnummer",
            "zusatz",
            "plz",
            "ort",
            "einzug",
            "grund");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd.MM.uuuu, HH:mm:ss", Locale.GERMANY);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.GERMANY);

    /** ISO 3166-1, three letters to the German name. */
    private static final Map<String, String> COUNTRIES =
            Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).stream()
                    .map(letters -> Locale.of("", letters))
                    .collect(Collectors.toUnmodifiableMap(
                            Locale::getISO3Country, country -> country.getDisplayCountry(Locale.GERMAN)));

    private Shown() {}

    /** 24.09.2019, 11:02:41. */
    public static String time(Instant at) {
        return TIME.format(at.atZone(ZONE));
    }

    public static String day(@Nullable LocalDate day) {
        return day == null ? "" : DAY.format(day);
    }

    /** YYYY-MM-DD as 24.09.2019; unknown parts are left out: 09.2019, 2019. */
    public static String day(String iso) {
        if (!iso.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            return iso;
        }
        if (iso.equals("0000-00-00")) {
            return t("counter.unknown");
        }
        var day = iso.substring(8).equals("00") ? "" : iso.substring(8) + ".";
        var month = iso.substring(5, 7).equals("00") ? "" : iso.substring(5, 7) + ".";
        return day + month + iso.substring(0, 4);
    }

    /** A field of a form as people read it. */
    public static String value(String field, String value) {
        return switch (field) {
            case "einzug", "geburtsdatum" -> day(value);
            case "geschlecht" -> sex(value);
            case "staatsangehoerigkeit", "zuzugsland" -> country(value);
            default -> value;
        };
    }

    /** männlich, weiblich, divers, ohne Angabe. */
    public static String sex(String letter) {
        return Texts.has("counter.sex." + letter) ? t("counter.sex." + letter) : letter;
    }

    /** "Kroatien (HRV)"; the three letters alone where Java does not know them. */
    public static String country(String letters) {
        String name = COUNTRIES.getOrDefault(letters, "");
        return name.isEmpty() ? letters : name + " (" + letters + ")";
    }

    static LocalDate today(Instant now) {
        return now.atZone(ZONE).toLocalDate();
    }
}
