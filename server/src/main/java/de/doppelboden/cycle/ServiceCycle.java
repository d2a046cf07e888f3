package de.doppelboden.cycle;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.GateSettings;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.failover.ChangeGate;
import de.doppelboden.continuity.failover.FailoverController;
import de.doppelboden.continuity.failover.Independence;
import de.doppelboden.continuity.failover.Switch;
import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.journal.Reconciler;
import de.doppelboden.continuity.journal.Replay;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Judge;
import de.doppelboden.continuity.judge.Recording;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.Steward;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cycle of one service in this gateway: judge, controller and switch with their threads and stores. The controller's pass
 * never waits for the database: what blocks (the steward's talk with the store, the journal, local files) has threads of its
 * own, so that a service is judged and its free decisions are taken whatever is away.
 */
public final class ServiceCycle implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ServiceCycle.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration RECONCILE_PAUSE = Duration.ofMillis(100);
    private static final int RECONCILE_AT_ONCE = 32;
    private static final Duration DAY_PAUSE = Duration.ofSeconds(20);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /**
     * What a service brings to its cycle.
     *
     * @param stateFile where the last state lies
     * @param gateway this gateway's name, unique among those of the service
     */
    public record Parts(
            Service service,
            Stores stores,
            Replay replay,
            FeedStates feeds,
            Independence independence,
            Events events,
            Path stateFile,
            String gateway) {}

    private final Parts parts;
    private final Service service;
    private final Time time;
    private final LastState lastState;
    /** Passes and orders, one at a time: they are the service's own thread. */
    private final ReentrantLock own = new ReentrantLock();

    private final Steward steward;
    private final Judge judge;
    private final FailoverController controller;
    private final ChangeGate gate;
    private final Surroundings surroundings;
    private final Reconciler reconciler;
    private final Traffic traffic;
    private final Marks marks;
    private final AtomicInteger writes = new AtomicInteger();
    private final List<Runnable> onMove = new CopyOnWriteArrayList<>();
    private final List<Runnable> onDoubt = new CopyOnWriteArrayList<>();
    private final List<Rhythm> threads;
    private final Rhythm keeper;
    private final Rhythm stewardship;
    private @Nullable Position position;
    private Set<Side> doubted = Set.of();

    /** What the data path sees of a pass; when it changes, waiting requests are looked at again. */
    private record Position(
            State state, Side serving, Set<String> movedClasses, Ownership ownership, boolean takesWrites) {}

    public ServiceCycle(Parts parts, Time time) {
        this.parts = parts;
        this.service = parts.service();
        this.time = time;
        this.lastState = new LastState(service, parts.stores(), new LocalState(parts.stateFile()), time);
        var found = lastState.kept();
        var start = found.saved();
        this.steward = new Steward(parts.gateway(), service.lease(), time, found.standing(), lastState::keep);
        this.judge = new Judge(service, time);
        this.controller = new FailoverController(service, time, judge, steward, start);
        this.gate = new ChangeGate(GateSettings.DEFAULT, time, found.permit());
        this.surroundings = new Surroundings(parts, writes::get, gate::permit, controller::promised);
        this.reconciler = new Reconciler(service, parts.stores().journal(), parts.replay(), time);
        this.traffic = new Traffic(time);
        this.marks = new Marks(service.id(), parts.events(), parts.stores(), time);
        this.keeper = Rhythm.virtual(service.id() + "-state", Duration.ofSeconds(1), this::keep);
        this.stewardship = Rhythm.virtual(
                service.id() + "-steward",
                service.lease().renew(),
                () -> steward.exchange(parts.stores().ownership()));
        this.threads = List.of(
                Rhythm.platform(service.id() + "-cycle", service.judge().tick(), this::pass),
                stewardship,
                Rhythm.virtual(service.id() + "-look", LOOK, surroundings::look),
                Rhythm.virtual(service.id() + "-reconciler", RECONCILE_PAUSE, this::reconcile),
                Rhythm.virtual(service.id() + "-day", DAY_PAUSE, this::keepDay),
                keeper);
    }

    public ServiceCycle start() {
        threads.forEach(Rhythm::start);
        return this;
    }

    /** Called on the service's thread after each pass that moved users or keys, or let waiting writes go on; must be quick. */
    public void onMove(Runnable look) {
        onMove.add(look);
    }

    /** Called on the service's thread when the judge begins to doubt a side; must be quick. */
    public void onDoubt(Runnable look) {
        onDoubt.add(look);
    }

    private void pass() {
        inTurn(() -> {
            var decision = controller.step(surroundings.now());
            marks.verdicts(controller.evidence());
            marks.passed(decision, controller.state());
            marks.gated(gate.step(controller.evidence()), controller.state());
            return decision;
        });
        var doubts = controller.evidence().doubts();
        if (!doubted.containsAll(doubts)) {
            onDoubt.forEach(Runnable::run);
        }
        doubted = doubts;
        var users = controller.users();
        var seen = new Position(
                users.state(),
                users.serving(),
                users.movedClasses(),
                users.ownership(),
                users.takesWrites(time.nanos()));
        if (!seen.equals(position)) {
            position = seen;
            stewardship.now();
            keeper.now();
            onMove.forEach(Runnable::run);
        }
    }

    private <T> T inTurn(Supplier<T> what) {
        own.lock();
        try {
            return what.get();
        } finally {
            own.unlock();
        }
    }

    private void reconcile() {
        boolean primaryTakesWork = switch (controller.state()) {
            case NORMAL, EXERCISING, RECONCILING, RETURNING -> true;
            case FAILING_OVER, ON_STANDBY -> false;
        };
        boolean work =
                surroundings.backlog().filter(backlog -> backlog.open() > 0).isPresent();
        if (primaryTakesWork && work) {
            var decision = reconciler.step(RECONCILE_AT_ONCE);
            surroundings.look();
            marks.reconciled(decision, controller.state());
        } else if (!primaryTakesWork && parts.stores().journal() instanceof PostgresJournal journal) {
            journal.stopWork();
        }
    }

    private void keep() {
        var saved = controller.save();
        var permit = gate.permit();
        if (lastState.keep(saved, permit)) {
            saved.proof().ifPresent(marks::proof);
            permit.ifPresent(marks::permit);
        }
    }

    private void keepDay() {
        marks.keepDay(traffic);
    }

    /** Tells the judge that this request is being sent to this side now. */
    public Observation observe(Operation operation, Side side, Source source) {
        var seen = observeLater(operation, side, source);
        seen.begin();
        return seen;
    }

    /** The same of a request that the side gets as slowly as its user sends it: it begins when the side has all of it. */
    public Observation observeLater(Operation operation, Side side, Source source) {
        return new Observation(
                now -> judge.begin(operation, side, source, now), operation, side, source, traffic, time::nanos);
    }

    /** The same request goes to the other side as well. */
    public Observation pair(Observation first, Operation operation, Side side, Source source) {
        var seen = new Observation(
                now -> judge.pair(first.flight(), source, now), operation, side, source, traffic, time::nanos);
        seen.begin();
        return seen;
    }

    /** A write is on its way to the standby; ended by {@link #writeEnded}. */
    public void writeBegins() {
        writes.incrementAndGet();
    }

    public void writeEnded() {
        writes.decrementAndGet();
    }

    /** The user has been told that the act of this idempotency key is done on the standby. */
    public void acknowledged(String idempotencyKey) {
        controller.acknowledged(idempotencyKey);
    }

    public Decision order(Order order) {
        var decision = inTurn(() -> controller.order(order, surroundings.now()));
        marks.ordered(decision, controller.state(), order.actor());
        stewardship.now();
        keeper.now();
        return decision;
    }

    public Decision openChange(Side side, String what, Duration length, String actor) {
        var change = new ChangeGate.Change(UUID.randomUUID().toString(), side, what, actor, length);
        var decision = inTurn(() -> gate.open(change, controller, surroundings.now()));
        marks.ordered(decision, controller.state(), actor);
        gate.permit().ifPresent(marks::permit);
        return decision;
    }

    public Decision verifyChange(String actor) {
        return changed(inTurn(() -> gate.verify(actor)), actor);
    }

    public Decision closeChange(String actor, String reason) {
        return changed(inTurn(() -> gate.close(actor, reason)), actor);
    }

    private Decision changed(Decision decision, String actor) {
        marks.ordered(decision, controller.state(), actor);
        gate.permit().ifPresent(marks::permit);
        return decision;
    }

    /** The gateway itself did not run well; see {@link Judge#lagged}. */
    public void lagged(long fromNanos, long untilNanos) {
        judge.lagged(fromNanos, untilNanos);
    }

    public Evidence evidence() {
        return controller.evidence();
    }

    public Switch users() {
        return controller.users();
    }

    public Service service() {
        return service;
    }

    /** Whether the standby's copy may serve at all, and what its age is. */
    public FeedState feed() {
        return surroundings.feed();
    }

    /** Whether a read that the standby answers should be sent to the primary as well, its answer thrown away. */
    public boolean mirrors(Operation operation, String slice) {
        return controller.mirrors(operation, slice);
    }

    public State state() {
        return controller.state();
    }

    public Mode mode() {
        return controller.mode();
    }

    public boolean proven() {
        return controller
                .save()
                .proof()
                .filter(proof -> proof.fresh(time.wall(), service.proof().valid(), parts.independence()))
                .isPresent();
    }

    public Optional<Permit> permit() {
        return gate.permit();
    }

    public Status status() {
        return Status.of(controller, surroundings, marks, gate.permit(), parts, time.wall());
    }

    public long total(Side side, Outcome outcome) {
        return traffic.total(side, outcome);
    }

    public List<Traffic.Bin> traffic(Instant since) {
        return traffic.since(since);
    }

    /** What requests got in the last hour. */
    public Recording recording() {
        return judge.recording();
    }

    /** The decisions since then, the latest first. */
    public List<DayStore.Mark> decisions(Instant since) {
        return marks.since(since);
    }

    @Override
    public void close() {
        threads.forEach(Rhythm::close);
        threads.forEach(thread -> thread.join(FAREWELL));
        keep();
        keepDay();
        if (parts.stores().journal() instanceof PostgresJournal journal) {
            journal.close();
        }
    }
}
