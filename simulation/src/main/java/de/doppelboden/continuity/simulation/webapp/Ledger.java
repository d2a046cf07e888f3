package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.simulation.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the application has written, whichever of its servers did it; an idempotency key is known to all of them. */
final class Ledger {

    private final World world;
    private final Map<Long, Integer> times = new HashMap<>();
    private final Set<String> keys = new HashSet<>();

    Ledger(World world) {
        this.world = world;
    }

    void write(Write what, String key) {
        if (!key.isEmpty() && !keys.add(key)) {
            return;
        }
        if (times.merge(what.id, 1, Integer::sum) > 1) {
            world.violated("write " + what.id + " of " + what.operation.name() + " was carried out twice");
        }
    }

    boolean has(Write what) {
        return times.containsKey(what.id);
    }
}
