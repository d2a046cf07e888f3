package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Served;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.continuity.ownership.Steward;

/**
 * The way back of a primary that has proven itself: new writes wait for a moment, what is left of the journal goes over, the
 * keys change their owner, and users follow slice by slice: the next when the primary serves those before it well, because one that
 * has just been started is slow at what it has not done yet.
 */
final class Homeward {

    private static final int[] PERCENT = {5, 25, 60, 100};

    /** So few open entries can go over while writes wait. */
    private static final int OPEN_AT_MOST = 10;

    /** After a hold that was too short, users are left in peace for so many holds. */
    private static final int REST_HOLDS = 3;

    private enum Leg {
        HOLDING,
        CLAIMING,
        MOVING
    }

    private final Service service;
    private final Time time;
    private final Position position;
    private final ReturnRamp ramp;
    private final Steward steward;
    private Leg leg = Leg.HOLDING;
    private long legSince;
    private int slice;
    private Served sliceBefore = Served.NOTHING;
    private boolean tired;
    private long tiredSince;

    Homeward(Service service, Time time, Position position, ReturnRamp ramp, Steward steward) {
        this.service = service;
        this.time = time;
        this.position = position;
        this.ramp = ramp;
        this.steward = steward;
    }

    /** The primary has proven itself: begins, asks a person, or says what is still missing. */
    Decision proven(String progress, Circumstances now) {
        if (now.backlog().isEmpty()) {
            return Decision.stay("the primary has proven itself, but the journal cannot be read now");
        }
        var open = now.backlog().get().open();
        if (open > OPEN_AT_MOST) {
            return Decision.stay(
                    "the primary has proven itself; %d entries of the journal are still to go over".formatted(open));
        }
        if (tired
                && time.nanos() - tiredSince
                        < REST_HOLDS * service.returning().hold().toNanos()) {
            return Decision.stay("the primary has proven itself; the next attempt to hand over begins shortly");
        }
        if (position.mode != Mode.AUTOMATIC) {
            return new Decision(Decision.Action.ADVISE, "a person may bring users back to the primary: " + progress);
        }
        return begin("the primary has proven itself: " + progress);
    }

    /** A person brings users back; the ramp must have been passed. */
    Decision ordered(String why, Circumstances now) {
        if (now.backlog().isEmpty()) {
            return Decision.refuse("the journal cannot be read now, so nobody knows whether the primary has all of it");
        }
        var open = now.backlog().get().open();
        return open > OPEN_AT_MOST
                ? Decision.refuse("%d entries of the journal are not in the primary yet".formatted(open))
                : begin(why);
    }

    private Decision begin(String why) {
        position.enter(State.RETURNING, why);
        position.hold = free()
                ? "users are going back to the primary; please wait a moment"
                : "the journal is being handed over to the primary; please wait a moment";
        enter(Leg.HOLDING);
        return new Decision(Decision.Action.RETURN, why);
    }

    /** After a restart: the keys are the primary's already, only users are still to move. */
    void moveOn() {
        enter(Leg.MOVING);
        slice = -1;
    }

    /** @param served by the primary until now */
    Decision step(Circumstances now, Evidence evidence, Served served) {
        return switch (leg) {
            case HOLDING -> holding(now);
            case CLAIMING -> claiming();
            case MOVING -> moving(evidence, served);
        };
    }

    private Decision holding(Circumstances now) {
        var drained = now.writesUnderWay() == 0
                && now.backlog().filter(backlog -> backlog.open() == 0).isPresent();
        if (drained && free()) {
            position.own(Side.PRIMARY, position.reason);
            return nowOwned();
        }
        if (drained) {
            steward.want(Side.PRIMARY, Slice.NOBODY, position.reason);
            enter(Leg.CLAIMING);
            return Decision.stay("the journal is handed over; the keys are being claimed for the primary");
        }
        return time.nanos() - legSince > service.returning().hold().toNanos()
                ? again("the journal was not handed over within "
                        + Time.spoken(service.returning().hold().toNanos()))
                : Decision.stay("writes wait while the rest of the journal is handed over");
    }

    /** Nothing but users is moved: there is no journal, and no key has an owner. */
    private boolean free() {
        return service.keys() == KeyKind.FREE;
    }

    private Decision claiming() {
        if (position.ownership.owner() == Side.PRIMARY) {
            return nowOwned();
        }
        var limit = service.returning().hold().toNanos() + service.lease().waitNanos();
        if (steward.answer().isPresent() || time.nanos() - legSince > limit) {
            steward.wantNothing();
            return again("the keys could not be claimed for the primary: " + steward.trouble());
        }
        return Decision.stay("the keys are being claimed for the primary; " + steward.trouble());
    }

    private Decision nowOwned() {
        position.hold = "";
        moveOn();
        return new Decision(
                Decision.Action.RETURN,
                (free()
                                ? "%d %% of the users go back to the primary first"
                                : "the keys belong to the primary again; %d %% of the users go first")
                        .formatted(PERCENT[0]));
    }

    private Decision moving(Evidence evidence, Served served) {
        if (slice < 0) {
            enterSlice(0, served);
        }
        var seen = served.since(sliceBefore);
        var bad = seen.requests() - seen.good();
        if (evidence.primary() != Verdict.HEALTHY || ReturnRamp.tooMany(bad, seen.requests())) {
            enterSlice(slice, served);
            return Decision.stay("%d %% of the users are back on the primary; more follow when it serves them well: %s"
                    .formatted(PERCENT[slice], evidence.sentence()));
        }
        if (time.nanos() - legSince < service.returning().slice().toNanos()) {
            return Decision.stay("%d %% of the users are back on the primary".formatted(PERCENT[slice]));
        }
        if (slice < PERCENT.length - 1) {
            enterSlice(slice + 1, served);
            return new Decision(
                    Decision.Action.RETURN, "%d %% of the users are back on the primary".formatted(PERCENT[slice]));
        }
        ramp.returned();
        position.enter(
                State.NORMAL,
                free()
                        ? "all users are back on the primary"
                        : "all users are back on the primary, which has all of the journal that needs no person");
        return new Decision(Decision.Action.FAIL_BACK, position.reason);
    }

    private void enterSlice(int next, Served served) {
        slice = next;
        sliceBefore = served;
        legSince = time.nanos();
        position.aside = Slice.share(PERCENT[slice]);
    }

    private Decision again(String why) {
        tired = true;
        tiredSince = time.nanos();
        position.enter(State.RECONCILING, why);
        return new Decision(Decision.Action.ABORT, why);
    }

    /** The primary is ill again before it owned the keys. */
    Decision callOff(String why) {
        steward.wantNothing();
        position.enter(State.ON_STANDBY, why);
        return new Decision(Decision.Action.ABORT, why);
    }

    /** A change of owner to the primary is this return's own. */
    boolean claims() {
        return position.state == State.RETURNING;
    }

    boolean ownedByPrimary() {
        return leg == Leg.MOVING;
    }

    private void enter(Leg next) {
        leg = next;
        legSince = time.nanos();
    }
}
