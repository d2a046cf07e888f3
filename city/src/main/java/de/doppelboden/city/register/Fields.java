package de.doppelboden.city.register;

import de.doppelboden.city.population.Resident.Address;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what was entered and collects what is wrong with it, in words for who entered it. */
final class Fields {

    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}<>]");
    private static final Pattern BIRTH_DATE = Pattern.compile("\\d{4}-(0\\d|1[0-2])-([0-2]\\d|3[01])");
    private static final LocalDate NEVER = LocalDate.of(1900, 1, 1);

    private final Map<String, String> entered;
    private final List<String> problems = new ArrayList<>();

    Fields(Map<String, String> entered) {
        this.entered = entered;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    boolean valid() {
        return problems.isEmpty();
    }

    /** A text that may be empty. */
    String optional(String name, String label, int most) {
        String text = entered.getOrDefault(name, "").strip();
        if (text.length() > most) {
            problems.add(label + ": höchstens " + most + " Zeichen.");
        } else if (FORBIDDEN.matcher(text).find()) {
            problems.add(label + ": enthält Zeichen, die es in Namen und Anschriften nicht gibt.");
        } else {
            return text;
        }
        return "";
    }

    String required(String name, String label, int most) {
        int before = problems.size();
        String text = optional(name, label, most);
        if (text.isEmpty() && problems.size() == before) {
            problems.add(label + ": fehlt.");
        }
        return text;
    }

    private String matching(String name, String label, String pattern, String expected) {
        String text = entered.getOrDefault(name, "").strip();
        if (!text.matches(pattern)) {
            problems.add(label + ": " + expected);
            return "";
        }
        return text;
    }

    String key(String name) {
        return matching(
                name,
                "Vorgang",
                "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
                "Das Formular ist unvollständig.");
    }

    long stand(String name) {
        String text = matching(name, "Stand", "\\d{1,15}", "Das Formular ist unvollständig.");
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    LocalDate date(String name, String label) {
        try {
            LocalDate date = LocalDate.parse(Question.isoDate(entered.getOrDefault(name, "")));
            if (date.isAfter(NEVER)) {
                return date;
            }
        } catch (DateTimeException e) {
            // said below, as any other wrong date
        }
        problems.add(label + ": ein Datum wie 24.09.2019.");
        return NEVER;
    }

    /** A birth date; parts that nobody knows are 00. */
    String birthDate(String name) {
        String date = Question.isoDate(entered.getOrDefault(name, ""));
        if (!BIRTH_DATE.matcher(date).matches()) {
            problems.add("Geburtsdatum: ein Datum wie 24.09.1970; unbekannte Teile als 00.");
            return "";
        }
        return date;
    }

    String gender(String name) {
        return matching(name, "Geschlecht", "[mwdx]", "m, w, d oder x.");
    }

    String country(String name, String label) {
        return matching(name, label, "[A-Z]{3}", "drei Buchstaben wie TUR.");
    }

    /** An address under the names that the form uses for its parts. */
    Address address(String street, String number, String addition, String postalCode, String town) {
        return new Address(
                required(street, "Straße", 80),
                required(number, "Hausnummer", 10),
                optional(addition, "Zusatz", 80),
                matching(postalCode, "Postleitzahl", "\\d{5}", "fünf Ziffern."),
                required(town, "Ort", 80));
    }
}
