package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.failover.FailoverController;
import de.doppelboden.continuity.failover.Way;
import de.doppelboden.continuity.judge.Flight;
import de.doppelboden.continuity.judge.HedgeBudget;
import de.doppelboden.continuity.judge.Judge;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.continuity.simulation.World;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One life of the gateway's data path: what requests ask of the switch, what they send, and what the judge is told of it. */
final class Relay {

    static final int HEDGED_PERMILLE = 50;
    static final int HEDGES_SAVED = 100;
    private static final int REPEATED_PERMILLE = 250;
    private static final int REPEATS_SAVED = 20;
    private static final double NETWORK_SECONDS = 0.0005;

    final World world;
    private final Site site;
    private final WebGate gate;
    private final Judge judge;
    private final FailoverController controller;
    private final HedgeBudget hedges = new HedgeBudget(HEDGED_PERMILLE, HEDGES_SAVED);
    private final HedgeBudget repeats = new HedgeBudget(REPEATED_PERMILLE, REPEATS_SAVED);
    private final Timers halfBudget;
    private final Timers givingUp;
    private final Set<Errand> waiting = new LinkedHashSet<>();
    private int underWay;

    Relay(Site site, WebGate gate, Judge judge, FailoverController controller) {
        this.site = site;
        this.world = site.world;
        this.gate = gate;
        this.judge = judge;
        this.controller = controller;
        this.halfBudget = new Timers(world, site.operations.getFirst().budget().toNanos() / 2e9);
        this.givingUp = new Timers(world, Attempt.GIVES_UP_SECONDS);
    }

    void request(int page, boolean usersError, Optional<Write> write, String slice, Consumer<Errand.Answer> visitor) {
        hedges.earn();
        repeats.earn();
        site.watcher().requested();
        new Errand(this, page, usersError, write, slice, visitor).serve();
    }

    // --- what the switch and the judge say

    Operation operation(int page) {
        return site.service.operations().get(page);
    }

    Way way(int page, String slice, long begun) {
        return controller.users().way(operation(page), slice, begun, nanos());
    }

    /** Where a visitor in no slice is served. */
    Side sideOf(String name) {
        var operation = site.service.operation(name);
        var way = controller.users().way(operation, null, "", nanos());
        return way == Way.STANDBY || way == Way.FORBIDDEN ? Side.STANDBY : Side.PRIMARY;
    }

    boolean leaves(int page, String slice, long begun, Side side) {
        return switch (way(page, slice, begun)) {
            case PRIMARY -> side != Side.PRIMARY;
            case STANDBY -> side != Side.STANDBY;
            case FORBIDDEN, HOLD -> false;
        };
    }

    boolean leavesPerhaps(Operation operation) {
        return automatic() && controller.evidence().pendingClasses().contains(operation.movesAs());
    }

    boolean automatic() {
        return controller.mode() == Mode.AUTOMATIC;
    }

    Verdict verdict(Side side) {
        return controller.evidence().verdict(side);
    }

    boolean mirrors(Operation operation, String slice) {
        return controller.mirrors(operation, slice);
    }

    boolean spendsHedge() {
        return world.has(WebAppBug.HEDGES_WITHOUT_BUDGET) || hedges.spend();
    }

    boolean spendsRepeat() {
        return repeats.spend();
    }

    long holdNanos() {
        return site.shape.returning().hold().toNanos();
    }

    // --- what is waiting

    void waits(Errand errand) {
        waiting.add(errand);
    }

    void answered(Errand errand) {
        waiting.remove(errand);
    }

    Set<Errand> waiting() {
        return waiting;
    }

    /** Users were moved. */
    void look() {
        List.copyOf(waiting).forEach(Errand::look);
    }

    /** The process is gone, and with it all connections. */
    void cutOff() {
        List.copyOf(waiting).forEach(Errand::cutOff);
        waiting.clear();
    }

    void afterHalfTheBudget(Runnable what) {
        halfBudget.start(() -> whenRunning(what));
    }

    void later(double seconds, Runnable what) {
        world.after(seconds, () -> whenRunning(what));
    }

    void whenRunning(Runnable what) {
        gate.whenRunning(this, what);
    }

    // --- flights and attempts

    Optional<Flight> begins(Operation operation, Side side, Source source) {
        underWay++;
        var reported = world.has(WebAppBug.USERS_ERRORS_COUNT_IN_FULL) ? Source.PROBE : source;
        return Optional.of(judge.begin(operation, side, reported, nanos()));
    }

    Optional<Flight> pairs(Optional<Flight> first, Side side, Source source) {
        if (first.isEmpty()) {
            return Optional.empty();
        }
        underWay++;
        return first.map(flight -> judge.pair(flight, source, nanos()));
    }

    void reports(Flight flight, Side side, Outcome outcome) {
        var trusted = side == Side.STANDBY && world.has(WebAppBug.STANDBY_IS_TRUSTED);
        flight.ended(trusted ? Outcome.IN_BUDGET : outcome, nanos());
    }

    void ended() {
        underWay--;
    }

    int underWay() {
        return underWay;
    }

    String key(Optional<Write> write) {
        return write.filter(what -> what.keyed)
                .map(what -> world.has(WebAppBug.FRESH_KEY_FOR_EACH_ATTEMPT)
                        ? what.id + "-" + what.attempts
                        : Long.toString(what.id))
                .orElse("");
    }

    /** Over the network to a side and back; what gets no answer is given up. */
    void send(Attempt attempt) {
        givingUp.start(() -> attempt.answer(Outcome.NONE));
        var server = site.server(attempt.side);
        if (site.brokenConnections > 0 && world.chance(site.brokenConnections)) {
            if (world.chance(0.5)) { // the answer is lost, and not the question
                server.ask(attempt);
            }
            world.after(NETWORK_SECONDS, () -> attempt.answer(Outcome.NONE));
            return;
        }
        server.ask(attempt);
    }

    void effect(Side side, Write write, String key) {
        site.watcher().effect(side, write);
        site.ledger.write(write, key);
    }

    long nanos() {
        return world.now();
    }

    Watcher watcher() {
        return site.watcher();
    }
}
