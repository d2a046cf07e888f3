package de.doppelboden.register.counter;

import de.doppelboden.register.RegisterOrder;
import java.time.Instant;

/**
 * What a clerk can give to the citizen, and look up later.
 *
 * @param person forenames, name and birth date of whom it is about
 * @param shown whether the person's data may be shown to who asks; not when she is blocked and the right is missing
 * @param closed the primary has it, or a person has decided that it does not go over
 * @param dropped a person has decided so
 */
public record Receipt(
        String vorgang,
        long number,
        RegisterOrder order,
        String person,
        Instant received,
        boolean shown,
        boolean closed,
        boolean dropped) {}
