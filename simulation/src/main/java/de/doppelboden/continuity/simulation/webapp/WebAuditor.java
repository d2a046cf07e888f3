package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.simulation.World;
import java.util.Optional;
import java.util.Set;

/** Knows the truth of a web application, and checks at each step that the promises hold. */
final class WebAuditor implements Watcher {

    /** An illness may be seen so long after its end: what it left unanswered is given up only then. */
    private static final double SEEN_SECONDS = Attempt.GIVES_UP_SECONDS + 2;

    /** A side that has been better for so long must be the one that serves. */
    private static final double MISSED_SECONDS = 9;

    private static final long ANSWERED_NANOS = 20_000_000_000L;

    private final World world;
    private final Site site;

    /** Nothing in this history is a reason to move anybody. */
    final boolean innocent;

    private double primaryIllUntil = -1e9;
    /** When it was last allowed to; what it has begun then may go on for a moment. */
    private double actedAt;

    private double betterSince = -1;
    private int betterIn;
    private int lastIn;
    private State lastState = State.NORMAL;
    private Set<String> lastMoved = Set.of();
    private long requests;
    private long hedges;
    private int hedgesIn;
    long checks;
    long moves;
    long writes;

    WebAuditor(Site site, boolean innocent) {
        this.site = site;
        this.innocent = innocent;
        this.world = site.world;
    }

    @Override
    public void requested() {
        requests++;
        noteMode();
    }

    /** A read is asked of the other side as well. */
    @Override
    public void hedges(Operation operation) {
        mayAskBoth(operation);
        if (hedgesIn != site.gate.lives()) { // each process begins with a burst of its own
            hedgesIn = site.gate.lives();
            hedges = -(requests * Relay.HEDGED_PERMILLE + 999) / 1000;
        }
        hedges++;
        if (hedges * 1000 > (long) Relay.HEDGES_SAVED * 1000 + requests * Relay.HEDGED_PERMILLE) {
            world.violated("%d of %d requests were hedged".formatted(hedges, requests));
        }
    }

    @Override
    public void asksBoth(Operation operation) {
        mayAskBoth(operation);
    }

    private void mayAskBoth(Operation operation) {
        checks++;
        var truth = site.truth(operation);
        if (!truth.read() || !truth.equivalent()) {
            world.violated(operation.name() + " was asked of both sides, which do not answer it alike");
        }
        if (site.gate.mode() != Mode.AUTOMATIC && world.seconds() - actedAt > 1) {
            world.violated("the gateway may not act in mode %s, and asks both sides".formatted(site.gate.mode()));
        }
    }

    @Override
    public void effect(Side side, Write write) {
        checks++;
        if (side == Side.STANDBY && site.truth(write.operation).policy() == Policy.FORBIDDEN) {
            world.violated("the standby was made to do " + write.operation.name());
        }
    }

    /** A visitor got her answer. */
    @Override
    public void told(Optional<Write> write, Errand.Answer answer, long waitedNanos, Operation operation) {
        checks++;
        if (waitedNanos > ANSWERED_NANOS) {
            world.violated("%s was answered after %d s".formatted(operation.name(), waitedNanos / 1_000_000_000));
        }
        if (write.isEmpty()) {
            return;
        }
        var has = site.ledger.has(write.get());
        if (answer == Errand.Answer.GOOD) {
            writes++;
            if (!has) {
                world.violated("a visitor was told that %s is done, and it is not".formatted(operation.name()));
            }
        }
        if (answer == Errand.Answer.NOT_DONE && has && !write.get().keyed) {
            world.violated("a visitor was told that %s is not done, and it is".formatted(operation.name()));
        }
    }

    @Override
    public void decided(State before, Decision decision, Set<String> movedBefore) {
        checks++;
        noteMode();
        remembered(before, movedBefore);
        if (!site.primary.well()) {
            primaryIllUntil = world.seconds();
        }
        switch (decision.action()) {
            case FAIL_OVER -> needed(decision);
            case MOVE_CLASS -> {
                needed(decision);
                moves++;
            }
            default -> {}
        }
        if (!site.gate.moved().equals(movedBefore)) {
            site.gate.moved().forEach(this::movedClass);
        }
        if (decision.noteworthy()) {
            for (var errand : site.gate.relay().waiting()) {
                if (errand.leftBehind()) {
                    world.violated("a read waits where its users have left: " + decision.reason());
                }
            }
        }
        missed();
    }

    /** A new process goes on where the one before it was. */
    private void remembered(State before, Set<String> movedBefore) {
        var standbyServed = lastState == State.ON_STANDBY && before != State.ON_STANDBY;
        var classesServed = lastState == State.NORMAL && before == State.NORMAL && !movedBefore.equals(lastMoved);
        if (lastIn != 0 && lastIn != site.gate.lives() && (standbyServed || classesServed)) {
            world.violated("a gateway that was started again does not know that users were moved");
        }
        lastIn = site.gate.lives();
        lastState = site.gate.state();
        lastMoved = site.gate.moved();
    }

    private void noteMode() {
        if (site.gate.mode() == Mode.AUTOMATIC) {
            actedAt = world.seconds();
        }
    }

    private void needed(Decision decision) {
        if (innocent || world.seconds() - primaryIllUntil > SEEN_SECONDS) {
            world.violated("users were moved although nothing was wrong with the primary alone: " + decision.reason());
        }
    }

    private void movedClass(String name) {
        if (!site.mayMoveAlone(name)) {
            world.violated(name + " was moved alone, and shares data with what stayed");
        }
        for (var one : site.operations) {
            if (one.movesAs().equals(name)
                    && site.operations.stream()
                                    .filter(other -> other.movesAs().equals(name))
                                    .map(other -> site.gate.relay().sideOf(other.name()))
                                    .distinct()
                                    .count()
                            > 1) {
                world.violated(one.name() + " is on another side than what shares its data");
            }
        }
    }

    private void missed() {
        var better = strong(site.primary)
                && site.standby.well()
                && site.gate.mode() == Mode.AUTOMATIC
                && site.gate.state().serving() == Side.PRIMARY;
        if (!better || betterIn != site.gate.lives()) {
            betterSince = -1;
            betterIn = site.gate.lives();
        } else if (betterSince < 0) {
            betterSince = world.seconds();
        } else if (world.seconds() - betterSince > MISSED_SECONDS) {
            world.violated("users are left on a primary that is out: "
                    + site.gate.evidence().sentence());
        }
    }

    private static boolean strong(WebServer server) {
        return server.refuses || server.hangs || server.failing > 0.5;
    }

    /** The gateway stood still, or a side has changed: whatever was better has to be so for its time anew. */
    void anew() {
        betterSince = -1;
    }

    /** All has been well for long. */
    void close() {
        if (site.gate.state() != State.NORMAL || !site.gate.moved().isEmpty()) {
            world.violated("users are not home: %s, %s on the standby, %s"
                    .formatted(
                            site.gate.state(),
                            site.gate.moved(),
                            site.gate.evidence().sentence()));
        }
        if (!site.gate.relay().waiting().isEmpty()) {
            world.violated(site.gate.relay().waiting().size() + " visitors still wait for an answer");
        }
    }
}
