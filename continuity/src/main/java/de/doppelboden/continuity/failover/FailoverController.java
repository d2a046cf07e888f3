package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Judge;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.Steward;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides, from what users get on both sides, which side serves. {@link #step} and {@link #order} are for the service's own
 * thread; the rest is for any.
 *
 * <pre>
 *  NORMAL ──► FAILING_OVER ──► ON_STANDBY ◄──► RECONCILING ──► RETURNING ──► NORMAL
 *    ▲ ▼            (an illness on the way back leads to ON_STANDBY or FAILING_OVER again)
 *  EXERCISING
 * </pre>
 */
public final class FailoverController {

    private static final long DETAILED_NANOS = 500_000_000L;

    private final Service service;
    private final Time time;
    private final Judge judge;
    private final Steward steward;
    private final Switch users;
    private final Position position;
    private final ReturnRamp ramp;
    private final Homeward homeward;
    private final ClassMoves classes;
    private final Exercise exercise;
    private final OrderDesk desk;
    private Mode resumeTo;
    private long wellSince;
    private boolean well;
    private long detailed;

    private volatile Evidence evidence;
    private volatile Saved saved;
    private volatile Slice mirrored = Slice.NOBODY;
    private volatile Map<String, String> details = Map.of();

    /** A controller that goes on where {@code start} left it. */
    public FailoverController(Service service, Time time, Judge judge, Steward steward, Saved start) {
        this.service = service;
        this.time = time;
        this.judge = judge;
        this.steward = steward;
        this.position = new Position(start, time);
        this.ramp = new ReturnRamp(service.returning(), time, start.failedReturns(), start.lastReturn());
        this.homeward = new Homeward(service, time, position, ramp, steward);
        this.classes = new ClassMoves(service, time, position);
        this.exercise = new Exercise(service, time, position, steward, start.nextExercise());
        this.desk = new OrderDesk(this, service, position);
        this.resumeTo = start.mode() == Mode.PAUSED ? service.mode() : start.mode();
        this.evidence = Evidence.none(time.wall());
        this.saved = start;
        this.detailed = time.nanos() - 2 * DETAILED_NANOS;
        resume();
        this.users = new Switch(service.keys(), position.route(steward.trouble()), steward::entitlement);
    }

    /** The state of a gateway that has never run and finds this in the store. */
    public static Saved first(Service service, Ownership found, Instant now) {
        var state = found.owner() == Side.PRIMARY ? State.NORMAL : State.ON_STANDBY;
        return new Saved(
                state,
                now,
                found.reason(),
                service.mode(),
                false,
                found,
                Optional.empty(),
                Set.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What was under way when the gateway ended is begun anew, from the side that owned the keys. */
    private void resume() {
        switch (position.state) {
            case NORMAL, ON_STANDBY -> {}
            case FAILING_OVER -> wantStandby(position.reason);
            case RECONCILING -> position.enter(State.ON_STANDBY, "the gateway was started again while reconciling");
            case RETURNING -> {
                if (position.ownership.owner() == Side.STANDBY) {
                    position.enter(State.ON_STANDBY, "the gateway was started again while returning");
                } else {
                    homeward.moveOn();
                }
            }
            case EXERCISING -> {
                position.enter(State.NORMAL, "the gateway was started again, which ended the exercise");
                exercise.wasInterrupted();
            }
        }
    }

    /** One pass; cheap, never blocks. The reason is shown to operators word for word. */
    public Decision step(Circumstances now) {
        evidence = judge.weigh();
        noteWellness();
        var adopted = adopt();
        var decision = adopted.isPresent()
                ? adopted.get()
                : switch (position.state) {
                    case NORMAL -> normal(now);
                    case FAILING_OVER -> failingOver();
                    case ON_STANDBY -> onStandby(now);
                    case RECONCILING -> reconciling(now);
                    case RETURNING -> returning(now);
                    case EXERCISING -> exercising(now);
                };
        publish();
        judge.stands(position.state.serving(), hindrance(now).isPresent());
        return decision;
    }

    private void noteWellness() {
        var isWell = evidence.primary() == Verdict.HEALTHY;
        if (isWell && !well) {
            wellSince = time.nanos();
        }
        well = isWell;
    }

    private boolean wellFor(long nanos) {
        return well && time.nanos() - wellSince >= nanos;
    }

    /** Another gateway, or an earlier claim of this one, has changed the owner of ordered keys. */
    private Optional<Decision> adopt() {
        if (service.keys() == KeyKind.FREE || steward.ownership().epoch() <= position.ownership.epoch()) {
            return Optional.empty();
        }
        var before = position.ownership;
        position.ownership = steward.ownership();
        var own =
                position.state == State.FAILING_OVER || position.ownership.owner() == Side.PRIMARY && homeward.claims();
        if (position.ownership.owner() == before.owner() || own) {
            return Optional.empty();
        }
        return Optional.of(
                switch (position.ownership.owner()) {
                    case STANDBY -> {
                        exercise.abandon();
                        ramp.leftAgain();
                        yield change(State.ON_STANDBY, Decision.Action.FAIL_OVER, position.ownership.reason());
                    }
                    case PRIMARY -> {
                        ramp.returned();
                        yield change(State.NORMAL, Decision.Action.FAIL_BACK, position.ownership.reason());
                    }
                });
    }

    private Decision normal(Circumstances now) {
        exercise.tidy();
        var moves = movesAnyMoment(now);
        position.pending = moves ? evidence.pendingClasses() : Set.of();
        position.stalled = moves ? evidence.stalledClasses() : Set.of();
        if (!evidence.speaksAgainst(Side.PRIMARY)) {
            return exercise.due()
                    ? exercise.beginByClock(evidence, now, judge.served(Side.STANDBY))
                    : classes.step(evidence);
        }
        if (evidence.speaksAgainst(Side.STANDBY) && evidence.illClasses().isEmpty()) {
            return Decision.stay(
                    "stayed on the primary: each side is worse than the other in something; " + evidence.sentence());
        }
        return switch (position.mode) {
            case OBSERVE ->
                Decision.stay("only observing, so users stay on the primary, although " + evidence.sentence());
            case PAUSED ->
                Decision.stay("paused by a person, so users stay on the primary, although " + evidence.sentence());
            case ADVISE ->
                new Decision(
                        Decision.Action.ADVISE, "a person should move users to the standby: " + evidence.sentence());
            case AUTOMATIC -> automatic(now);
        };
    }

    /** Then writes wait: what has not been sent can still be sent to the standby; what waits at a primary that hangs cannot. */
    private boolean movesAnyMoment(Circumstances now) {
        var perhaps = !evidence.pendingClasses().isEmpty()
                || !evidence.stalledClasses().isEmpty();
        return perhaps
                && position.mode == Mode.AUTOMATIC
                && !evidence.speaksAgainst(Side.PRIMARY)
                && hindrance(now).isEmpty();
    }

    private Decision automatic(Circumstances now) {
        var hindrance = hindrance(now);
        if (hindrance.isPresent()) {
            return Decision.stay("stayed on the primary: " + hindrance.get() + ", although " + evidence.sentence());
        }
        return evidence.illClasses().isEmpty() ? failOver(evidence.sentence()) : classes.move(evidence);
    }

    /** What forbids that users go to the standby at all. */
    Optional<String> hindrance(Circumstances now) {
        if (!now.feed().usable()) {
            return Optional.of("there is no standby yet, " + now.feed().reason());
        }
        return now.permit()
                .filter(permit -> permit.side() == Side.STANDBY && permit.stage() == Permit.Stage.HELD)
                .map(permit -> "the standby was changed (" + permit.what() + ") and is not well since");
    }

    Decision failOver(String why) {
        exercise.abandon();
        ramp.leftAgain();
        position.moved.clear();
        if (service.keys() == KeyKind.FREE) {
            position.own(Side.STANDBY, why);
            return change(State.ON_STANDBY, Decision.Action.FAIL_OVER, why);
        }
        var decision = change(State.FAILING_OVER, Decision.Action.FAIL_OVER, why);
        wantStandby(why);
        return decision;
    }

    private void wantStandby(String why) {
        steward.want(Side.STANDBY, Slice.NOBODY, why);
    }

    private Decision failingOver() {
        if (position.ownership.owner() == Side.STANDBY) {
            return change(State.ON_STANDBY, Decision.Action.FAIL_OVER, position.reason);
        }
        if (position.mode != Mode.PAUSED
                && !position.byOrder
                && wellFor(ramp.healthyNanos())
                && !evidence.speaksAgainst(Side.PRIMARY)) {
            steward.wantNothing();
            return change(
                    State.NORMAL,
                    Decision.Action.FAIL_BACK,
                    "the primary is well again before the keys could be claimed: " + evidence.sentence());
        }
        if (steward.answer().isPresent()) {
            wantStandby(position.reason);
        }
        return Decision.stay("reads go to the standby, the keys are being claimed; " + steward.trouble());
    }

    private Decision onStandby(Circumstances now) {
        if (evidence.speaksAgainst(Side.STANDBY)
                && !evidence.speaksAgainst(Side.PRIMARY)
                && service.keys() == KeyKind.FREE
                && position.mode == Mode.AUTOMATIC) {
            return backAtOnce();
        }
        if (position.mode == Mode.PAUSED || position.mode == Mode.OBSERVE) {
            return Decision.stay("users stay on the standby until a person lets the service act again");
        }
        if (position.byOrder) {
            return Decision.stay(
                    "users are on the standby because a person ordered it, until a person orders them back");
        }
        if (heldPermit(now)) {
            return Decision.stay("the primary was changed and is not verified, so users stay on the standby");
        }
        if (!wellFor(ramp.healthyNanos())) {
            return Decision.stay("users are on the standby; " + ramp.bound() + "; " + evidence.sentence());
        }
        ramp.begin(judge.served(Side.PRIMARY));
        return change(
                State.RECONCILING,
                Decision.Action.RECONCILE,
                service.keys() == KeyKind.FREE
                        ? "the primary is well again: it gets mirrored reads, and must prove itself"
                        : "the primary is well again: it gets mirrored reads and the journal, and must prove itself");
    }

    private Decision backAtOnce() {
        position.own(Side.PRIMARY, evidence.sentence());
        return change(
                State.NORMAL,
                Decision.Action.FAIL_BACK,
                "the standby is worse than the primary: " + evidence.sentence());
    }

    private static boolean heldPermit(Circumstances now) {
        return now.permit()
                .filter(permit -> permit.side() == Side.PRIMARY && permit.stage() != Permit.Stage.CLOSED)
                .isPresent();
    }

    private Decision reconciling(Circumstances now) {
        if (position.mode == Mode.PAUSED || heldPermit(now)) {
            ramp.stop();
            return change(State.ON_STANDBY, Decision.Action.ABORT, "the return was stopped by a person or a change");
        }
        return switch (ramp.look(evidence, judge.served(Side.PRIMARY))) {
            case ReturnRamp.Found.Refused refused -> {
                ramp.failed();
                yield change(State.ON_STANDBY, Decision.Action.ABORT, "the return was refused: " + refused.reason());
            }
            case ReturnRamp.Found.Rising rising ->
                rising.stepped()
                        ? new Decision(Decision.Action.RAMP, rising.progress())
                        : Decision.stay(rising.progress());
            case ReturnRamp.Found.Proven proven -> homeward.proven(proven.progress(), now);
        };
    }

    private Decision returning(Circumstances now) {
        var why = "the primary fell ill while users were returning: " + evidence.sentence();
        if (homeward.ownedByPrimary() && evidence.speaksAgainst(Side.PRIMARY)) {
            ramp.failed();
            return failOver(why);
        }
        if (!homeward.ownedByPrimary()
                && (evidence.speaksAgainst(Side.PRIMARY) || evidence.primary() == Verdict.FAILED)) {
            ramp.failed();
            return homeward.callOff(why);
        }
        return homeward.step(now, evidence, judge.served(Side.PRIMARY));
    }

    private Decision exercising(Circumstances now) {
        if (evidence.speaksAgainst(Side.PRIMARY)
                && position.mode == Mode.AUTOMATIC
                && hindrance(now).isEmpty()) {
            return failOver("the primary fell ill during an exercise: " + evidence.sentence());
        }
        return exercise.step(evidence, now, judge.served(Side.STANDBY));
    }

    private Decision change(State next, Decision.Action action, String why) {
        position.enter(next, why);
        return new Decision(action, why);
    }

    private void publish() {
        mirrored = ramp.share();
        users.set(position.route(steward.trouble()));
        saved = position.saved(ramp, steward.company(), exercise.next());
        if (time.nanos() - detailed > DETAILED_NANOS) {
            detailed = time.nanos();
            var now = new LinkedHashMap<String, String>();
            now.put("return", position.moved.isEmpty() ? ramp.bound() : classes.bound());
            now.put("ramp", ramp.progress());
            now.put("exercise", exercise.progress());
            now.put("classes", String.join(", ", position.moved));
            exercise.next().ifPresent(at -> now.put("nextExercise", at.toString()));
            now.put("store", steward.trouble());
            details = Map.copyOf(now);
        }
    }

    /** What a person orders; refused with a sentence if it is unsafe. */
    public Decision order(Order order, Circumstances now) {
        var decision = desk.carryOut(order, now, evidence);
        publish();
        return decision;
    }

    Decision beginExercise(Order.Prove order, Circumstances now) {
        return exercise.begin(order, evidence, now, judge.served(Side.STANDBY));
    }

    Decision endExercise(String why) {
        return exercise.end(why);
    }

    Decision returnNow(String why, Circumstances now) {
        return homeward.ordered(why, now);
    }

    boolean rampPassed() {
        return ramp.passed();
    }

    String rampProgress() {
        return ramp.progress();
    }

    void liftReturnBound() {
        classes.lift();
        ramp.lift();
    }

    void declareGone(String gateway) {
        steward.declareGone(gateway);
    }

    void pause() {
        resumeTo = position.mode == Mode.PAUSED ? resumeTo : position.mode;
        position.mode = Mode.PAUSED;
    }

    Mode resumeMode() {
        return resumeTo;
    }

    /** What the data path asks. */
    public Switch users() {
        return users;
    }

    public Evidence evidence() {
        return evidence;
    }

    public State state() {
        return saved.state();
    }

    public Instant since() {
        return saved.since();
    }

    /** Why the service is in its state: the reason of the last change. */
    public String reason() {
        return saved.reason();
    }

    public Mode mode() {
        return saved.mode();
    }

    /** The standby has lately proven itself, and shares nothing with the primary. */
    public boolean proven(Independence present) {
        return saved.proof()
                .filter(proof -> proof.fresh(time.wall(), service.proof().valid(), present))
                .isPresent();
    }

    /** No other gateway can have changed the owner of keys without this one knowing. */
    boolean sureOfOwner() {
        return service.keys() == KeyKind.FREE
                || steward.entitlement().allows(saved.ownership().epoch(), time.nanos());
    }

    /** To be written to the local state file whenever it has changed. */
    public Saved save() {
        return saved;
    }

    /** Whether a read that the standby answers should be sent to the primary as well, its answer thrown away. */
    public boolean mirrors(Operation operation, String slice) {
        return operation.read() && (mirrored.has(slice) || classes.mirrors(operation, slice));
    }

    /** The data path has told a user that what she did on the standby is done. Any thread. */
    public void acknowledged(String idempotencyKey) {
        exercise.acknowledged(idempotencyKey);
    }

    /** Acts of an exercise that are to be looked for in the journal now, for {@link Circumstances#acknowledged()}. Any thread. */
    public Optional<Set<String>> promised() {
        return exercise.promised();
    }

    /** What is known of the present or last exercise, return and store, for the service page. */
    public Map<String, String> details() {
        return details;
    }
}
