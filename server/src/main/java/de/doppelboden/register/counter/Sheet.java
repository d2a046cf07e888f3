package de.doppelboden.register.counter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import de.doppelboden.register.RegisterOrder;
import de.doppelboden.register.Resident;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A person as the counter shows her: the copy of the register, and what was done for her on the standby.
 *
 * @param acts in their order; the primary does not have them yet
 * @param asOf the copy shows the primary as it was then
 */
public record Sheet(Resident resident, List<Act> acts, Instant asOf) {

    /** Something done on the standby. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Act(String vorgang, long number, String payload, OffsetDateTime received) {

        public Optional<RegisterOrder> order() {
            return RegisterOrder.parse(payload);
        }
    }

    /** The last move that the primary does not have yet. */
    public Optional<RegisterOrder> provisionalMove() {
        return acts.stream()
                .flatMap(act -> act.order().stream())
                .filter(order -> order.kind() == RegisterOrder.Kind.MOVE)
                .reduce((earlier, later) -> later);
    }

    /** The reason of a block that was set here and that the primary does not have yet. */
    public Optional<String> provisionalBlock() {
        return acts.stream()
                .flatMap(act -> act.order().stream())
                .filter(order -> order.kind() == RegisterOrder.Kind.BLOCK)
                .map(order -> order.field("grund"))
                .findFirst();
    }

    /** Where she lives: the provisional address when there is one. */
    public Resident.Address address() {
        return provisionalMove()
                .map(move -> new Resident.Address(
                        move.field("strasse"),
                        move.field("hausnummer"),
                        move.field("zusatz"),
                        move.field("plz"),
                        move.field("ort")))
                .orElse(resident.address());
    }

    /** What a form is based on: the record's version, and the last act that the primary does not have yet. */
    public String base() {
        return resident.version() + (acts.isEmpty() ? "" : "+" + acts.getLast().vorgang());
    }
}
