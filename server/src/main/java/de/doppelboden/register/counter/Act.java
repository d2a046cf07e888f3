package de.doppelboden.register.counter;

import de.doppelboden.register.RegisterOrder;
import java.util.UUID;

/**
 * What a clerk asks for with a form.
 *
 * @param vorgang made with the form: the same form sent twice is the same act
 */
record Act(UUID vorgang, RegisterOrder order) {}
