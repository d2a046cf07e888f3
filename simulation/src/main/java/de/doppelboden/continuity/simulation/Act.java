package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.Operation;

/** What a person wants done once, however often it is sent. */
final class Act {

    /** The base of an act that changes nothing that is there already. */
    static final long NEW_RECORD = -1;

    final long id;
    final Operation operation;
    final Key key;
    final long base;
    private final String formKey;
    int attempts;
    boolean acknowledged;

    Act(long id, Operation operation, Key key, long base) {
        this.id = id;
        this.operation = operation;
        this.key = key;
        this.base = base;
        this.formKey = "form-" + id;
    }

    String idempotencyKey(World world) {
        return world.has(Bug.FRESH_KEY_FOR_EACH_ATTEMPT) ? formKey + "-" + attempts : formKey;
    }

    @Override
    public String toString() {
        return "act " + id + " on " + key;
    }
}
