package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Verdict;
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
    /** A class that the primary is seldom or never shown is tried there when it has been well for so many times as long. */
    private static final int UNSEEN_FACTOR = 12;

    private static final int HARDER_AT_MOST = 5;

    private final Map<String, Long> wellSince = new HashMap<>();
    private final Map<String, Long> quietSince = new HashMap<>();

    /** How often a class was moved again soon after it had been tried. */
    private final Map<String, Integer> failed = new HashMap<>();

    private final Map<String, Long> returned = new HashMap<>();
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
        fresh.forEach(this::left);
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
        quietSince.keySet().retainAll(position.moved);
        if (evidence.primary() != Verdict.HEALTHY) {
            quietSince.clear();
        }
        quietSince.keySet().removeAll(evidence.pendingClasses());
        for (var name : position.moved) {
            if (isToReturn(name, evidence)) {
                position.moved.remove(name);
                movedNow = Set.copyOf(position.moved);
                returned.put(name, time.nanos());
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

    private void left(String name) {
        wellSince.remove(name);
        quietSince.remove(name);
        var before = returned.remove(name);
        var soon = before != null
                && time.nanos() - before < service.returning().forget().toNanos();
        failed.put(name, soon ? Math.min(failed.getOrDefault(name, 0) + 1, HARDER_AT_MOST) : 0);
    }

    /**
     * The primary has done it well for a while; or it has done everything else well for much longer, because a class that is seldom
     * asked for, or only writes, cannot be shown to it, and would never be seen to be well.
     */
    private boolean isToReturn(String name, Evidence evidence) {
        var healthy = service.returning().healthy().toNanos();
        if (evidence.wellClasses().contains(name)
                && time.nanos() - wellSince.computeIfAbsent(name, fresh -> time.nanos()) >= healthy) {
            return true;
        }
        if (evidence.primary() != Verdict.HEALTHY) {
            return false;
        }
        var quiet = time.nanos() - quietSince.computeIfAbsent(name, fresh -> time.nanos());
        return quiet >= healthy * UNSEEN_FACTOR << failed.getOrDefault(name, 0);
    }

    /** Any thread. */
    boolean mirrors(Operation operation, String slice) {
        var now = movedNow;
        return !now.isEmpty() && now.contains(operation.movesAs()) && MIRRORED.has(slice);
    }
}
