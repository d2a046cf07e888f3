package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Key;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the primary has durably: records with versions, and which acts were carried out under which idempotency key. */
final class Register {

    private final World world;
    private final Map<Key, Long> versions = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Map<Long, Integer> timesDone = new HashMap<>();

    Register(World world) {
        this.world = world;
    }

    /** What carrying an act out came to. */
    enum Answer {
        APPLIED,
        ALREADY,
        CONFLICT
    }

    Answer carryOut(long act, Key key, long base, String idempotencyKey) {
        if (done.contains(idempotencyKey)) {
            return Answer.ALREADY;
        }
        if (base != Act.NEW_RECORD && version(key) != base) {
            return Answer.CONFLICT;
        }
        done.add(idempotencyKey);
        versions.merge(key, 1L, Long::sum);
        if (timesDone.merge(act, 1, Integer::sum) > 1) {
            world.violated("act " + act + " was applied twice");
        }
        return Answer.APPLIED;
    }

    boolean has(String idempotencyKey) {
        return done.contains(idempotencyKey);
    }

    long version(Key key) {
        return versions.getOrDefault(key, 0L);
    }

    int timesDone(long act) {
        return timesDone.getOrDefault(act, 0);
    }
}
