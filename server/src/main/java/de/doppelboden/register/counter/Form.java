package de.doppelboden.register.counter;

import static de.doppelboden.console.Texts.t;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A form as it was sent, and what is wrong with it, field by field. Templates show both. */
public final class Form {

    static final int LONGEST = 200;

    private static final Pattern POSTCODE = Pattern.compile("[0-9]{5}");
    private static final Pattern HOUSE_NUMBER =
            Pattern.compile("[0-9]{1,4} ?[A-Za-z]?([ /-]{1,3}[0-9]{1,4} ?[A-Za-z]?)?");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{3}");
    private static final Pattern INCOMPLETE = Pattern.compile("[0-9]{4}-(00|0[1-9]|1[0-2])-00");
    private static final DateTimeFormatter GERMAN =
            DateTimeFormatter.ofPattern("d.M.uuuu", Locale.GERMANY).withResolverStyle(ResolverStyle.STRICT);
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    private final Map<String, String> values;
    private final Map<String, String> errors = new LinkedHashMap<>();

    Form(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    static Form empty() {
        return new Form(Map.of());
    }

    /** The value as it was sent, for showing it again. */
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** What is wrong with a field; empty when nothing is. */
    public String error(String field) {
        return errors.getOrDefault(field, "");
    }

    public boolean valid() {
        return errors.isEmpty();
    }

    /** Fields with errors, in the order of the form; what was not sent at all comes last. */
    public Map<String, String> errors() {
        var ordered = new LinkedHashMap<String, String>();
        values.keySet().stream().filter(errors::containsKey).forEach(field -> ordered.put(field, errors.get(field)));
        errors.forEach(ordered::putIfAbsent);
        return ordered;
    }

    void refuse(String field, String error) {
        errors.putIfAbsent(field, error);
    }

    String required(String field, int longest, Alphabet alphabet) {
        var text = optional(field, longest, alphabet);
        if (text.isEmpty()) {
            refuse(field, t("counter.error.required"));
        }
        return text;
    }

    String optional(String field, int longest, Alphabet alphabet) {
        var text = Normalizer.normalize(value(field).strip(), Normalizer.Form.NFC);
        var stranger = alphabet.stranger(text);
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            refuse(field, t("counter.error.control"));
        } else if (text.length() > longest) {
            refuse(field, t("counter.error.long", longest));
        } else if (stranger.isPresent()) {
            refuse(field, t("counter.error.character", Character.toString(stranger.getAsInt())));
        } else if (!alphabet.knowsLetters(text)) {
            refuse(field, t("counter.error.letter"));
        }
        return text;
    }

    String postcode(String field) {
        return matching(field, POSTCODE, "counter.error.postcode");
    }

    String houseNumber(String field) {
        return matching(field, HOUSE_NUMBER, "counter.error.house");
    }

    String country(String field) {
        values.computeIfPresent(field, (name, value) -> value.strip().toUpperCase(Locale.ROOT));
        return matching(field, COUNTRY, "counter.error.country");
    }

    String oneOf(String field, Set<String> choices) {
        var value = value(field);
        if (!choices.contains(value)) {
            refuse(field, t("counter.error.choice"));
        }
        return value;
    }

    /** A day up to and with {@code latest}, as YYYY-MM-DD; typed so, as browsers send it, or as 24.9.2019. */
    String day(String field, LocalDate latest) {
        var typed = value(field).strip();
        if (typed.isEmpty()) {
            refuse(field, t("counter.error.required"));
            return "";
        }
        var day = parsed(typed);
        if (day == null) {
            refuse(field, t("counter.error.date"));
            return "";
        }
        if (day.isAfter(latest) || day.isBefore(EARLIEST)) {
            refuse(field, t(day.isAfter(latest) ? "counter.error.future" : "counter.error.past"));
        }
        return day.toString();
    }

    /** As {@link #day}, but the day, or day and month, may be unknown (00), and nothing may be typed at all. */
    String birthDate(String field, LocalDate latest) {
        var typed = value(field).strip();
        var iso = typed.matches("[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}")
                ? typed.substring(6) + "-" + typed.substring(3, 5) + "-" + typed.substring(0, 2)
                : typed;
        if (typed.isEmpty() || INCOMPLETE.matcher(iso).matches()) {
            return iso;
        }
        return day(field, latest);
    }

    private String matching(String field, Pattern pattern, String error) {
        var value = value(field).strip();
        if (value.isEmpty()) {
            refuse(field, t("counter.error.required"));
        } else if (!pattern.matcher(value).matches()) {
            refuse(field, t(error));
        }
        return value;
    }

    private static @Nullable LocalDate parsed(String typed) {
        try {
            return typed.indexOf('.') > 0 ? LocalDate.parse(typed, GERMAN) : LocalDate.parse(typed);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
