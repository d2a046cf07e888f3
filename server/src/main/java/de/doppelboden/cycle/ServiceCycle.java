package de.doppelboden.cycle;

import de.doppelboden.continuity.ChangeGate;
import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Evidence;
import de.doppelboden.continuity.FailoverController;
import de.doppelboden.continuity.FeedState;
import de.doppelboden.continuity.GateSettings;
import de.doppelboden.continuity.Independence;
import de.doppelboden.continuity.Judge;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Ownership;
import de.doppelboden.continuity.Permit;
import de.doppelboden.continuity.Reconciler;
import de.doppelboden.continuity.Replay;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Steward;
import de.doppelboden.continuity.Switch;
import de.doppelboden.continuity.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
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
    private static final Duration AT_ONCE = Duration.ofMillis(700);
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
    private final LocalState file;
    private final ReentrantLock fileLock = new ReentrantLock();
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
    private final List<Rhythm> threads;
    private final Rhythm keeper;
    private final Rhythm stewardship;
    private volatile LocalState.Kept kept;
    private @Nullable Position position;

    /** What the data path sees of a pass; when it changes, waiting requests are looked at again. */
    private record Position(State state, Side serving, Ownership ownership, boolean takesWrites) {}

    public ServiceCycle(Parts parts, Time time) {
        this.parts = parts;
        this.service = parts.service();
        this.time = time;
        this.file = new LocalState(parts.stateFile());
        var found = file.read().orElseGet(this::beginning);
        this.kept = found;
        var start = found.saved();
        this.steward = new Steward(parts.gateway(), service.lease(), time, found.standing(), this::keepStanding);
        this.judge = new Judge(service, time);
        this.controller = new FailoverController(service, time, judge, steward, start);
        this.gate = new ChangeGate(GateSettings.DEFAULT, time, found.permit());
        this.surroundings =
                new Surroundings(parts.stores(), parts.feeds(), parts.independence(), writes::get, gate::permit);
        this.reconciler = new Reconciler(parts.stores().journal(), parts.replay(), time);
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

    /** A gateway that has never run: what the store says, if it answers at once, else the beginning; the steward asks it anyway. */
    private LocalState.Kept beginning() {
        var asked = new FutureTask<>(() -> LocalState.Kept.of(
                FailoverController.first(service, parts.stores().ownership().read(), time.wall()),
                parts.stores().proofs().permit()));
        Thread.ofVirtual().name(service.id() + "-beginning").start(asked);
        try {
            return asked.get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException away) {
            log.info("{} begins without the database's word", service.id());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        var now = time.wall();
        return LocalState.Kept.of(FailoverController.first(service, Ownership.initial(now), now), Optional.empty());
    }

    public ServiceCycle start() {
        threads.forEach(Rhythm::start);
        return this;
    }

    /** Called on the service's thread after each pass that moved users or keys, or let waiting writes go on; must be quick. */
    public void onMove(Runnable look) {
        onMove.add(look);
    }

    private void pass() {
        var now = surroundings.now();
        var decision = controller.step(now);
        marks.verdicts(controller.evidence());
        marks.passed(decision, controller.state());
        marks.gated(gate.step(controller.evidence()), controller.state());
        var users = controller.users();
        var seen = new Position(users.state(), users.serving(), users.ownership(), users.takesWrites(time.nanos()));
        if (!seen.equals(position)) {
            position = seen;
            stewardship.now();
            keeper.now();
            onMove.forEach(Runnable::run);
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
        fileLock.lock();
        try {
            var now = new LocalState.Kept(saved, kept.standing(), permit);
            if (now.equals(kept)) {
                return;
            }
            write(now);
        } catch (IOException failed) {
            log.error("the state of {} cannot be written to its file: {}", service.id(), failed.getMessage());
        } finally {
            fileLock.unlock();
        }
        saved.proof().ifPresent(marks::proof);
        permit.ifPresent(marks::permit);
    }

    /** Under the lock. */
    private void write(LocalState.Kept now) throws IOException {
        file.write(now);
        kept = now;
    }

    /** The steward goes on only when this has returned: then it is on the disk. */
    private void keepStanding(Steward.Kept standing) {
        fileLock.lock();
        try {
            write(new LocalState.Kept(kept.saved(), standing, kept.permit()));
        } catch (IOException failed) {
            throw new UncheckedIOException("the state of " + service.id() + " cannot be written to its file", failed);
        } finally {
            fileLock.unlock();
        }
    }

    private void keepDay() {
        marks.keepDay(traffic);
    }

    /** Tells the judge that this request is being sent to this side now. */
    public Observation observe(Operation operation, Side side, Source source) {
        long now = time.nanos();
        return new Observation(
                judge.begin(operation, side, source, now), operation, side, source, now, traffic, time::nanos);
    }

    /** The same request goes to the other side as well. */
    public Observation pair(Observation first, Operation operation, Side side, Source source) {
        long now = time.nanos();
        return new Observation(
                judge.pair(first.flight(), source, now), operation, side, source, now, traffic, time::nanos);
    }

    /** A write is on its way to the standby; ended by {@link #writeEnded}. */
    public void writeBegins() {
        writes.incrementAndGet();
    }

    public void writeEnded() {
        writes.decrementAndGet();
    }

    public Decision order(Order order) {
        var decision = controller.order(order, surroundings.now());
        marks.ordered(decision, controller.state(), order.actor());
        stewardship.now();
        keeper.now();
        return decision;
    }

    public Decision openChange(Side side, String what, Duration length, String actor) {
        var change = new ChangeGate.Change(UUID.randomUUID().toString(), side, what, actor, length);
        var decision = gate.open(change, controller, surroundings.now());
        marks.ordered(decision, controller.state(), actor);
        gate.permit().ifPresent(marks::permit);
        return decision;
    }

    public Decision verifyChange(String actor) {
        return changed(gate.verify(actor), actor);
    }

    public Decision closeChange(String actor, String reason) {
        return changed(gate.close(actor, reason), actor);
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
