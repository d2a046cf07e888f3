package de.doppelboden.continuity;

/** What an operation is about and what belongs to exactly one side: {@code resident/4711}, a mailbox, a number. */
public record Key(String space, String id) {

    @Override
    public String toString() {
        return space + "/" + id;
    }
}
