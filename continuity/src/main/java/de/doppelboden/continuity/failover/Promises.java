package de.doppelboden.continuity.failover;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The acts that users of an exercise were told are done, by their idempotency keys. Any thread. */
final class Promises {

    private static final int AT_MOST = 20_000;

    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private volatile boolean open;

    void begin() {
        keys.clear();
        open = true;
    }

    void end() {
        open = false;
    }

    void note(String idempotencyKey) {
        if (open && keys.size() < AT_MOST) {
            keys.add(idempotencyKey);
        }
    }

    Set<String> keys() {
        return Set.copyOf(keys);
    }
}
