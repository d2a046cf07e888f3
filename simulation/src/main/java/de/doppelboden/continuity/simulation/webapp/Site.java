package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.LeaseSettings;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.ProofSettings;
import de.doppelboden.continuity.ReturnSettings;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One web application: its two servers, what they have written, and the gateway before them. */
final class Site {

    /**
     * What it is like.
     *
     * @param sharedState both servers write one store
     * @param equivalent both answer alike
     * @param alone some of its classes share data with each other and with no other class
     * @param slots how many requests a server works at
     * @param meanSeconds how long one takes
     * @param probeSeconds how often each side is probed
     */
    record Shape(
            boolean sharedState,
            boolean equivalent,
            boolean alone,
            int slots,
            double meanSeconds,
            double probeSeconds,
            Mode mode,
            JudgeSettings judge,
            ReturnSettings returning) {

        /** Ten classes of half a second, both servers well equipped, judged and brought back as in the product. */
        static final Shape USUAL = new Shape(
                true, true, false, 16, 0.02, 1, Mode.AUTOMATIC, JudgeSettings.DEFAULT, ReturnSettings.DEFAULT);

        Shape probedEvery(double seconds) {
            return new Shape(sharedState, equivalent, alone, slots, meanSeconds, seconds, mode, judge, returning);
        }

        Shape judgedBy(JudgeSettings other) {
            return new Shape(sharedState, equivalent, alone, slots, meanSeconds, probeSeconds, mode, other, returning);
        }

        Shape with(int places, double seconds) {
            return new Shape(sharedState, equivalent, alone, places, seconds, probeSeconds, mode, judge, returning);
        }
    }

    private static final Duration BUDGET = Duration.ofMillis(500);
    private static final List<String> AREAS = List.of("start", "search", "case", "form", "files");

    final World world;
    final Shape shape;
    final Service service;
    final List<Operation> operations;
    final WebServer primary;
    final WebServer standby;
    final Ledger ledger;
    final WebGate gate;
    private Watcher watcher = (before, decision, moved) -> {};

    /** The share of connections that break on the way. */
    double brokenConnections;

    Site(World world, Shape shape) {
        this.world = world;
        this.shape = shape;
        this.operations = operations(shape, false);
        this.primary = new WebServer(world, operations.size(), shape.slots(), shape.meanSeconds());
        this.standby = new WebServer(world, operations.size(), shape.slots(), shape.meanSeconds());
        this.ledger = new Ledger(world);
        this.service = new Service(
                "portal",
                KeyKind.FREE,
                shape.sharedState() || world.has(WebAppBug.MOVES_ANY_CLASS_ALONE),
                world.has(WebAppBug.SPLITS_WHAT_SHARES_DATA) ? operations(shape, true) : operations,
                shape.mode(),
                shape.judge(),
                shape.returning(),
                LeaseSettings.DEFAULT,
                ProofSettings.DEFAULT);
        this.gate = new WebGate(this);
    }

    /** A page and a form in each area: {@code GET case} at an even place, {@code POST case} at the odd one after it. */
    private static List<Operation> operations(Shape shape, boolean split) {
        var all = new ArrayList<Operation>();
        for (var area : AREAS) {
            var data = shape.alone() && !area.equals("start") ? area : "";
            var writes = shape.sharedState() ? Policy.SAFE : Policy.FORBIDDEN;
            all.add(new Operation("GET " + area, true, Policy.SAFE, BUDGET, shape.equivalent(), data));
            all.add(new Operation("POST " + area, false, writes, BUDGET, shape.equivalent(), split ? "" : data));
        }
        return all;
    }

    void watchedBy(Watcher one) {
        watcher = one;
    }

    Watcher watcher() {
        return watcher;
    }

    WebServer server(Side side) {
        return switch (side) {
            case PRIMARY -> primary;
            case STANDBY -> standby;
        };
    }

    /** The same operation as it really is, whatever the gateway was told. */
    Operation truth(Operation told) {
        for (var each : operations) {
            if (each.name().equals(told.name())) {
                return each;
            }
        }
        throw new IllegalArgumentException("not one of this site's operations: " + told);
    }

    /** As the truth has it, whatever the gateway was told. */
    boolean mayMoveAlone(String movesAs) {
        return shape.sharedState()
                || operations.stream()
                        .anyMatch(each -> each.sharedData().equals(movesAs)
                                && !each.sharedData().isEmpty());
    }
}
