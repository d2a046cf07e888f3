package de.doppelboden.register.counter;

import de.doppelboden.register.Resident;
import java.util.List;

/**
 * What a search found, in the order of the names.
 *
 * @param beginning nobody is called exactly so; these are names that begin so
 * @param more there are more than are listed
 */
public record Hits(List<Resident> residents, boolean beginning, boolean more) {

    public Hits {
        residents = List.copyOf(residents);
    }
}
