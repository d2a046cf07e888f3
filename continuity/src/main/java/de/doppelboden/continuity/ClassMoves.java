package de.doppelboden.continuity;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Moves single classes of operations while the rest of the service stays, and brings them back when the primary is well there. */
final class ClassMoves {

    /** Share of a moved class's reads that the primary gets as well. */
    private static final Slice MIRRORED = Slice.share(25);

    private final Service service;
    private final Time time;
    private final Position position;
    private final Map<String, Long> wellSince = new HashMap<>();
    private volatile Set<String> movedNow = Set.of();

    ClassMoves(Service service, Time time, Position position) {
        this.service = service;
        this.time = time;
        this.position = position;
        this.movedNow = Set.copyOf(position.moved);
    }

    Decision move(Evidence evidence) {
        var fresh = new TreeSet<>(evidence.illClasses());
        fresh.removeAll(position.moved);
        if (fresh.isEmpty()) {
            return Decision.stay("%s are on the standby; %s".formatted(names(position.moved), evidence.sentence()));
        }
        position.moved.addAll(fresh);
        movedNow = Set.copyOf(position.moved);
        fresh.forEach(wellSince::remove);
        return new Decision(
                Decision.Action.MOVE_CLASS,
                "only %s moved to the standby: %s".formatted(names(fresh), evidence.sentence()));
    }

    /** Brings back what the primary does well again. */
    Decision step(Evidence evidence) {
        if (position.moved.isEmpty() || position.mode == Mode.PAUSED) {
            return Decision.stay(evidence.sentence());
        }
        wellSince.keySet().retainAll(evidence.wellClasses());
        for (var name : position.moved) {
            if (!evidence.wellClasses().contains(name)) {
                continue;
            }
            var since = wellSince.computeIfAbsent(name, fresh -> time.nanos());
            if (time.nanos() - since >= service.returning().healthy().toNanos()) {
                position.moved.remove(name);
                movedNow = Set.copyOf(position.moved);
                return new Decision(
                        Decision.Action.RETURN_CLASS,
                        "%s is back on the primary: %s".formatted(name, evidence.sentence()));
            }
        }
        return Decision.stay("%s on the standby; %s".formatted(names(position.moved), evidence.sentence()));
    }

    private static String names(Set<String> classes) {
        return String.join(", ", classes);
    }

    /** Any thread. */
    boolean mirrors(Operation operation, String slice) {
        var now = movedNow;
        return !now.isEmpty() && now.contains(operation.movesAs()) && MIRRORED.has(slice);
    }
}
