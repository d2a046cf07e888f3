package de.doppelboden.register;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person as the register holds her.
 *
 * @param om Ordnungsmerkmal, the register's number of the person
 * @param version the register's version of the record ("Stand" of the record); a change names the version it was based on
 * @param sex m, w, d or x
 * @param nationality three letters, ISO 3166-1
 */
public record Resident(
        String om,
        long version,
        Names names,
        Birth birth,
        String sex,
        String nationality,
        Address address,
        @Nullable LocalDate movedIn,
        @Nullable LocalDate died,
        @Nullable Block block) {

    /**
     * @param former other names held before, parted by comma; empty when there are none
     * @param callName the forename she is called by; empty when none is marked
     */
    public record Names(
            String family, String birthName, String former, String forenames, String callName, String doctorate) {}

    /** @param date YYYY-MM-DD; unknown parts are 00 */
    public record Birth(String date, String place) {}

    /** An address; empty texts where a part is missing. */
    public record Address(String street, String houseNumber, String addition, String postcode, String town) {

        /** On one line, as in a list of hits. */
        public String line() {
            return (street + " " + houseNumber).strip() + (addition.isEmpty() ? "" : " (" + addition + ")") + ", "
                    + postcode + " " + town;
        }
    }

    /** An information block (Auskunftssperre, BMG section 51). */
    public record Block(String reason, @Nullable LocalDate since) {}

    public boolean blocked() {
        return block != null;
    }

    public Optional<LocalDate> death() {
        return Optional.ofNullable(died);
    }
}
