package de.doppelboden.city.register;

import java.util.Locale;

/**
 * What is searched for; an empty criterion does not count.
 *
 * @param familyName meets family and birth name; a star at the end means "begins with"
 * @param forename meets one of the forenames; a star likewise
 * @param birthDate YYYY-MM-DD, letter by letter
 */
record Question(
        String familyName,
        String forename,
        String birthDate,
        String gender,
        String postalCode,
        String town,
        Status status,
        boolean seesBlocked) {

    static final int MOST_HITS = 100;

    /** Which residents count. */
    enum Status {
        LIVING,
        DECEASED,
        ANY
    }

    /** A clerk's question. */
    static Question of(String familyName, String forename, String birthDate, boolean seesBlocked) {
        return new Question(familyName, forename, isoDate(birthDate), "", "", "", Status.ANY, seesBlocked);
    }

    /** Enough to search by without reading half the register. */
    boolean precise() {
        return SearchForm.of(familyName).length() >= 2
                || !SearchForm.of(forename).isEmpty() && !birthDate.isEmpty();
    }

    /** 24.9.1970 as clerks type it, or a date that is in order already. */
    static String isoDate(String typed) {
        String[] parts = typed.strip().split("\\.");
        if (parts.length != 3
                || !parts[0].matches("\\d{1,2}")
                || !parts[1].matches("\\d{1,2}")
                || !parts[2].matches("\\d{4}")) {
            return typed.strip();
        }
        return String.format(
                Locale.ROOT, "%s-%02d-%02d", parts[2], Integer.parseInt(parts[1]), Integer.parseInt(parts[0]));
    }
}
