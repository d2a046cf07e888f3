package de.doppelboden.city.population;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A resident as the generator makes her.
 *
 * @param om Ordnungsmerkmal, the register's number of the person
 * @param birthDate YYYY-MM-DD, unknown parts are 00
 * @param blockReason why there is an information block; null when there is none
 */
public record Resident(
        long om,
        String familyName,
        String birthName,
        String formerNames,
        String forenames,
        String callName,
        String doctorate,
        String birthDate,
        String birthPlace,
        String gender,
        String nationality,
        Address address,
        LocalDate movedIn,
        @Nullable LocalDate died,
        @Nullable String blockReason,
        @Nullable LocalDate blockedSince) {

    /** Where somebody lives. */
    public record Address(String street, String number, String addition, String postalCode, String town) {}
}
