package de.doppelboden.city.register;

import de.doppelboden.city.population.Resident.Address;
import java.time.Instant;
import java.time.LocalDate;

/** Something to be done in the register. */
sealed interface Order {

    /** The kind as the interface and the table of orders call it. */
    default String kind() {
        return switch (this) {
            case Move move -> "umzug";
            case Block block -> "sperre";
            case Arrival arrival -> "zuzug";
            case CivilAct act -> "personenstand";
        };
    }

    /** A change of address. */
    record Move(long om, long stand, Address address, LocalDate movedIn) implements Order {}

    /** Sets an information block. It never waits for a conflict: whatever else changed, the person is to be protected. */
    record Block(long om, String reason) implements Order {}

    /** A registration from abroad. */
    record Arrival(
            String familyName,
            String forenames,
            String birthName,
            String birthDate,
            String gender,
            String nationality,
            String from,
            Address address,
            LocalDate movedIn)
            implements Order {}

    /** An act of civil registry, such as a marriage. */
    record CivilAct(long om, String act) implements Order {}

    /**
     * Who sends an order, and how.
     *
     * @param key makes it one order however often it is sent
     * @param received when the citizen's matter was received
     * @param way {@code seite} or {@code schnittstelle}
     */
    record Sender(String key, String clerk, String office, boolean seesBlocked, Instant received, String way) {}

    /** What became of it. */
    sealed interface Outcome {

        /** Carried out now, or earlier with the same key. */
        record Done(long number, long om, long stand, boolean earlier) implements Outcome {}

        /** The record changed since the order was made, or the person is there already. */
        record Conflict(Held current) implements Outcome {}

        /** There is no such person for this sender. */
        record NoSuchPerson() implements Outcome {}

        /** The key stands for another order. */
        record KeyReused() implements Outcome {}
    }
}
