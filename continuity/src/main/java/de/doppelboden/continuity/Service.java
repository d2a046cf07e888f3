package de.doppelboden.continuity;

import java.util.List;

/**
 * What people depend on, as the cycle sees it: its operations, its kind of key, and how it is judged and brought back.
 *
 * @param mode the mode it is configured with; the mode in force is the controller's
 * @param sharedState both sides write one store, so that there is no journal and any class may move alone
 */
public record Service(
        String id,
        KeyKind keys,
        boolean sharedState,
        List<Operation> operations,
        Mode mode,
        JudgeSettings judge,
        ReturnSettings returning,
        LeaseSettings lease,
        ProofSettings proof) {

    /** More operations than this are not told apart. */
    public static final int OPERATIONS_AT_MOST = 256;

    public Service {
        operations = List.copyOf(operations);
        if (operations.isEmpty() || operations.size() > OPERATIONS_AT_MOST) {
            throw new IllegalArgumentException(
                    "a service has 1 to " + OPERATIONS_AT_MOST + " operations, " + id + " has " + operations.size());
        }
    }

    /** A service with the default settings, in the mode in which every service starts. */
    public static Service of(String id, KeyKind keys, List<Operation> operations) {
        return new Service(
                id,
                keys,
                false,
                operations,
                Mode.OBSERVE,
                JudgeSettings.DEFAULT,
                ReturnSettings.DEFAULT,
                LeaseSettings.DEFAULT,
                ProofSettings.DEFAULT);
    }

    public Service in(Mode other) {
        return new Service(id, keys, sharedState, operations, other, judge, returning, lease, proof);
    }

    /** The operation of that name; a name that the service does not declare is the caller's mistake. */
    public Operation operation(String name) {
        return operations.stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(id + " has no operation " + name));
    }

    /** Whether a class of operations can change sides without the others. */
    public boolean movesAlone(Operation operation) {
        return keys == KeyKind.FREE && (sharedState || !operation.sharedData().isEmpty());
    }
}
