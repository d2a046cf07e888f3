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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Moves single classes of operations while the rest of the service stays, and brings them back when the primary is well there. */
final class ClassMoves {

    /** Of the reads of a class so many go to the primary as well while it does them well; fewer would show too little of one class. */
    private static final List<Slice> MIRRORED = List.of(Slice.share(25), Slice.share(60), Slice.EVERYBODY);

    /** A class that the primary is seldom or never shown is tried there when it has been well for so many times as long. */
    private static final int UNSEEN_FACTOR = 12;

    private static final int HARDER_AT_MOST = 5;

    private final Service service;
    private final Time time;
    private final Position position;
    private final Map<String, Long> wellSince = new HashMap<>();
    private final Map<String, Long> quietSince = new HashMap<>();

    /** How often a class was moved again soon after it had been tried. */
    private final Map<String, Integer> failed = new HashMap<>();

    private final Map<String, Long> returned = new HashMap<>();
    private volatile Map<String, Slice> mirrored = Map.of();

    ClassMoves(Service service, Time time, Position position) {
        this.service = service;
        this.time = time;
        this.position = position;
        mirror();
    }

    Decision move(Evidence evidence) {
        var fresh = new TreeSet<>(evidence.illClasses());
        fresh.removeAll(position.moved);
        if (fresh.isEmpty()) {
            return Decision.stay("%s are on the standby; %s".formatted(names(position.moved), evidence.sentence()));
        }
        position.moved.addAll(fresh);
        fresh.forEach(this::left);
        mirror();
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
                mirror();
                returned.put(name, time.nanos());
                return new Decision(
                        Decision.Action.RETURN_CLASS,
                        "%s is back on the primary: %s".formatted(name, evidence.sentence()));
            }
        }
        mirror();
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
        if (evidence.wellClasses().contains(name)
                && time.nanos() - wellSince.computeIfAbsent(name, fresh -> time.nanos()) >= wellFor(name)) {
            return true;
        }
        if (evidence.primary() != Verdict.HEALTHY) {
            return false;
        }
        var quiet = time.nanos() - quietSince.computeIfAbsent(name, fresh -> time.nanos());
        return quiet >= UNSEEN_FACTOR * wellFor(name);
    }

    /** How long the primary must do it well: the longer, the more often the class had to be moved again soon. */
    private long wellFor(String name) {
        return service.returning().healthy().toNanos() << failed.getOrDefault(name, 0);
    }

    /** A person knows that it is over. */
    void lift() {
        failed.clear();
    }

    /** How hard the return of a class is that is away, of the one for which it is hardest; for an operator. */
    String bound() {
        var hardest = position.moved.stream()
                .mapToInt(name -> failed.getOrDefault(name, 0))
                .max()
                .orElse(0);
        var healthy = service.returning().healthy().toNanos();
        return ReturnRamp.bound(hardest, healthy << hardest, healthy << HARDER_AT_MOST);
    }

    private void mirror() {
        var now = new HashMap<String, Slice>();
        for (var name : position.moved) {
            var since = wellSince.get(name);
            var step = since == null ? 0 : (int) (MIRRORED.size() * (time.nanos() - since) / wellFor(name));
            now.put(name, MIRRORED.get(Math.min(step, MIRRORED.size() - 1)));
        }
        mirrored = Map.copyOf(now);
    }

    /** Any thread. */
    boolean mirrors(Operation operation, String slice) {
        var now = mirrored;
        var share = now.isEmpty() ? null : now.get(operation.movesAs());
        return share != null && share.has(slice);
    }
}
