package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.Timetable;
import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.journal.Acknowledged;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Served;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.Steward;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A scheduled failover of a slice, to prove that the standby can do it: says first what it could break, ends by the criteria of
 * a return as soon as its users get worse than the others, and leaves a dated proof only if nothing was lost. Of ordered keys a
 * slice belongs to the standby meanwhile: who reads or writes one of them, whoever it is, does it there, so that the journal and
 * its way back are proven as well.
 */
final class Exercise {

    private enum Leg {
        /** The slice of keys is being claimed for the standby; nobody is moved yet. */
        CLAIMING,
        /** The standby serves the slice. */
        RUNNING,
        /** Users are back; the keys follow as soon as the primary has what was done with them. */
        GIVING_BACK,
        /** All is back; what users were told is done is being looked for. */
        CHECKING
    }

    private static final Duration CLAIM_AT_MOST = Duration.ofSeconds(15);
    private static final Duration BEHIND_AT_MOST = Duration.ofMinutes(1);
    /** From so many requests on, a share of bad ones ends an exercise before its time. */
    private static final int TELLING = 20;
    /** Keys that do not come back between two writes: writes wait in one of so many turns. */
    private static final int TURNS = 4;

    private final Service service;
    private final Time time;
    private final Position position;
    private final Steward steward;
    private final Promises promises = new Promises();
    private Leg leg = Leg.RUNNING;
    private long legSince;
    private Order.Prove order = new Order.Prove(Slice.NOBODY, Slice.NOBODY, "", "");
    private Served before = Served.NOTHING;
    private Served result = Served.NOTHING;
    private Duration lasted = Duration.ZERO;
    private Optional<String> aborted = Optional.empty();
    private boolean harmed;
    private Optional<Instant> next;
    private boolean interrupted;
    private boolean apart;
    private long apartSince;
    private String progress = "there was no exercise since the start";
    private volatile Optional<Set<String>> promised = Optional.empty();

    Exercise(Service service, Time time, Position position, Steward steward, Optional<Instant> next) {
        this.service = service;
        this.time = time;
        this.position = position;
        this.steward = steward;
        this.next = service.proof().timetable().map(table -> {
            var now = time.wall();
            return next.map(noted -> table.notLaterThanNext(noted, now)).orElseGet(() -> table.first(now));
        });
        this.interrupted = !position.ownership.apart().nobody();
    }

    /** The clock says that it is time for one. */
    boolean due() {
        return (position.mode == Mode.AUTOMATIC || position.mode == Mode.ADVISE)
                && position.moved.isEmpty()
                && next.filter(at -> !time.wall().isBefore(at)).isPresent();
    }

    Decision beginByClock(Evidence evidence, Circumstances now, Served served) {
        var slice = service.proof().slice();
        var decision = begin(new Order.Prove(slice, slice, "", "the timetable"), evidence, now, served);
        if (decision.action() == Decision.Action.REFUSE) {
            schedule(Timetable::afterNothing);
        }
        return decision;
    }

    Decision begin(Order.Prove wanted, Evidence evidence, Circumstances now, Served served) {
        var hindrances = hindrances(evidence, now);
        if (!hindrances.isEmpty()) {
            return Decision.refuse("no exercise: " + String.join("; ", hindrances));
        }
        order = wanted;
        aborted = Optional.empty();
        harmed = false;
        promises.begin();
        var why = "exercise: " + atStake(now);
        position.enter(State.EXERCISING, why);
        schedule(Timetable::afterNothing);
        if (service.keys() == KeyKind.ORDERED && !wanted.keys().nobody()) {
            enter(Leg.CLAIMING);
            steward.want(Side.PRIMARY, wanted.keys(), why);
        } else {
            run(served);
        }
        progress = why;
        return new Decision(Decision.Action.EXERCISE, why);
    }

    /** What forbids an exercise, or would make it worthless. */
    List<String> hindrances(Evidence evidence, Circumstances now) {
        var found = new ArrayList<String>();
        for (var side : Side.values()) {
            if (evidence.verdict(side) != Verdict.HEALTHY) {
                found.add("the %s is %s"
                        .formatted(side.spoken(), evidence.verdict(side).name().toLowerCase(Locale.ROOT)));
            }
        }
        if (!now.feed().usable() || now.feed().phase() != FeedState.Phase.RUNNING) {
            found.add("the standby is not being kept current, " + now.feed().reason());
        } else if (behind(now).compareTo(BEHIND_AT_MOST) > 0) {
            found.add("the standby's data are %s behind"
                    .formatted(Time.spoken(behind(now).toNanos())));
        }
        if (now.permit().filter(permit -> permit.stage() != Permit.Stage.CLOSED).isPresent()) {
            found.add("a change is under way");
        }
        if (now.backlog().filter(backlog -> backlog.open() == 0).isEmpty()) {
            found.add("the journal is not empty or cannot be read");
        }
        if (!now.independence().shared().isEmpty()) {
            found.add("both sides stand on the same %s, so it would prove nothing"
                    .formatted(now.independence().shared()));
        }
        if (service.keys() == KeyKind.ORDERED && !steward.entitled(time.nanos())) {
            found.add("this gateway does not know for sure which side owns the keys now");
        }
        if (!position.ownership.apart().nobody()) {
            found.add("keys of another exercise are not back yet");
        }
        return found;
    }

    private Duration behind(Circumstances now) {
        return now.feed().lag().map(found -> found.behind(time.wall())).orElse(Duration.ZERO);
    }

    /** What it could break, before anybody is moved. */
    private String atStake(Circumstances now) {
        var forbidden = service.operations().stream()
                .filter(operation -> operation.policy() == Policy.FORBIDDEN)
                .map(Operation::name)
                .toList();
        var keys = service.keys() == KeyKind.ORDERED ? order.keys() : Slice.NOBODY;
        return "the standby serves %s of the users and owns %s of the keys; its data are %s behind; %s meanwhile"
                .formatted(
                        order.users(),
                        keys,
                        Time.spoken(behind(now).toNanos()),
                        forbidden.isEmpty()
                                ? "all that is done on the primary can be done there"
                                : String.join(", ", forbidden) + " is refused there");
    }

    Decision step(Evidence evidence, Circumstances now, Served served) {
        return switch (leg) {
            case CLAIMING -> claiming(served);
            case RUNNING -> running(evidence, served);
            case GIVING_BACK -> givingBack(now);
            case CHECKING -> checking(now);
        };
    }

    private Decision claiming(Served served) {
        if (!position.ownership.apart().nobody()) {
            run(served);
            return new Decision(Decision.Action.EXERCISE, "the keys of the exercise belong to the standby now");
        }
        if (steward.answer().isPresent() || passed() > CLAIM_AT_MOST.toNanos()) {
            return end("the keys could not be claimed, " + steward.trouble());
        }
        return Decision.stay("the keys of the exercise are being claimed; " + steward.trouble());
    }

    private Decision running(Evidence evidence, Served served) {
        if (service.keys() == KeyKind.ORDERED
                && !order.keys().nobody()
                && position.ownership.apart().nobody()) {
            return end("another gateway has given its keys back");
        }
        var seen = served.since(before);
        progress = "the standby has served %d requests of the exercise, %d of them well, since %s"
                .formatted(seen.requests(), seen.good(), Time.spoken(passed()));
        result = seen;
        lasted = Duration.ofNanos(passed());
        if (evidence.speaksAgainst(Side.STANDBY)
                || evidence.standby() == Verdict.FAILED
                || seen.requests() >= TELLING && !wellEnough(seen)) {
            harmed = true;
            return end("its users got worse than the others: %s; %s".formatted(progress, evidence.sentence()));
        }
        var settings = service.proof();
        var enough = passed() >= settings.atLeast().toNanos() && seen.requests() >= settings.requests();
        if (enough || passed() >= settings.atMost().toNanos()) {
            return finish(enough ? Optional.empty() : Optional.of("too few requests: " + progress));
        }
        return Decision.stay(progress);
    }

    private boolean wellEnough(Served seen) {
        return seen.good() * 100 >= seen.requests() * service.proof().inBudgetPercent();
    }

    /** Ends it without a proof. */
    Decision end(String why) {
        return finish(Optional.of(why));
    }

    private Decision finish(Optional<String> abort) {
        aborted = abort;
        position.aside = Slice.NOBODY;
        enter(Leg.GIVING_BACK);
        giveKeysBack();
        return abort.map(why -> new Decision(Decision.Action.ABORT, "the exercise is aborted: " + why))
                .orElse(Decision.stay("the exercise ends; what was done in it goes to the primary"));
    }

    /** Every key belongs to the primary again, as soon as the primary has what was done with it. */
    void giveKeysBack() {
        if (service.keys() == KeyKind.ORDERED) {
            steward.want(Side.PRIMARY, Slice.NOBODY, "the exercise has ended");
        }
    }

    private Decision givingBack(Circumstances now) {
        if (!position.ownership.apart().nobody()) {
            if (steward.answer().isPresent()) {
                giveKeysBack();
            }
            holdSometimes();
            return Decision.stay("the keys of the exercise go back; " + steward.trouble());
        }
        position.hold = "";
        var open = now.backlog().map(Backlog::open);
        if (open.isEmpty() || open.get() > 0) {
            if (passed() < service.proof().atMost().toNanos()) {
                return Decision.stay("waiting until the primary has all that was done in the exercise");
            }
            aborted = Optional.of("the journal was not empty in time, so nobody knows whether something was lost");
        }
        promised = Optional.of(promises.keys());
        enter(Leg.CHECKING);
        return Decision.stay("what users were told is done in the exercise is being looked for");
    }

    /** Where so much is written that the journal is never empty, writes wait for a moment, less long than they may. */
    private void holdSometimes() {
        var turn = Math.max(1, service.returning().hold().toNanos() * 3 / 4);
        position.hold = passed() / turn % TURNS == TURNS - 1
                ? "the keys of an exercise go back to the primary; please wait a moment"
                : "";
    }

    private Decision checking(Circumstances now) {
        if (now.acknowledged().isEmpty()) {
            if (passed() < service.proof().atMost().toNanos()) {
                return Decision.stay("what users were told is done in the exercise is being looked for");
            }
            aborted = aborted.or(() -> Optional.of("the journal could not be asked, so nobody knows what was lost"));
        }
        return conclude(
                now, now.acknowledged().orElse(new Acknowledged(promises.keys().size(), 0)));
    }

    private Decision conclude(Circumstances now, Acknowledged acknowledged) {
        promises.end();
        promised = Optional.empty();
        if (acknowledged.missing() > 0) {
            harmed = true;
            return lost(now, acknowledged);
        }
        if (aborted.isEmpty() && !wellEnough(result)) {
            aborted = Optional.of(
                    "only %d of %d requests were answered well".formatted(result.good(), result.requests()));
        }
        schedule(harmed ? Timetable::afterHarm : aborted.isPresent() ? Timetable::afterNothing : Timetable::afterHeld);
        if (aborted.isPresent()) {
            progress = "no proof: " + aborted.get();
            position.enter(State.NORMAL, progress);
            return new Decision(Decision.Action.ABORT, progress);
        }
        progress = "proven: the standby served %d requests of %s, %d of them well, in %s; of %d acts nothing was lost"
                .formatted(
                        result.requests(),
                        order.users(),
                        result.good(),
                        Time.spoken(lasted.toNanos()),
                        acknowledged.acts());
        return proven(now, 0, Decision.Action.PROVE);
    }

    /** Worse than no proof: what the standby lost is on record, and an earlier proof no longer counts. */
    private Decision lost(Circumstances now, Acknowledged acknowledged) {
        schedule(Timetable::afterHarm);
        progress = "the standby is disproven: of %d acts that users were told are done the journal lacks %d"
                .formatted(acknowledged.acts(), acknowledged.missing());
        return proven(now, acknowledged.missing(), Decision.Action.ABORT);
    }

    private Decision proven(Circumstances now, int lost, Decision.Action action) {
        position.proof = Optional.of(new Proof(
                time.wall(),
                lasted,
                order.users(),
                result.requests(),
                result.good(),
                lost,
                now.independence(),
                progress));
        position.enter(State.NORMAL, progress);
        return new Decision(action, progress);
    }

    private void schedule(java.util.function.BiFunction<Timetable, Instant, Instant> rule) {
        next = service.proof().timetable().map(table -> rule.apply(table, time.wall()));
    }

    /** Everybody is being moved: the exercise is over without a result. */
    void abandon() {
        if (position.state == State.EXERCISING) {
            progress = "no proof: a real failover came first";
            promises.end();
            promised = Optional.empty();
        }
    }

    /** After a restart: the exercise is over, and its keys, which the store may have granted unheard, go back. */
    void wasInterrupted() {
        interrupted = true;
        giveKeysBack();
    }

    /**
     * While there is no exercise: keys that were apart when this gateway began go back at once; those of another gateway's
     * exercise, which may have gone, when that exercise must be over.
     */
    void tidy() {
        var isApart = !position.ownership.apart().nobody();
        if (isApart && !apart) {
            apartSince = time.nanos();
        }
        apart = isApart;
        var idle = steward.idle();
        interrupted &= apart || !idle;
        var longest = CLAIM_AT_MOST.toNanos() + 3 * service.proof().atMost().toNanos();
        if (apart && idle && (interrupted || time.nanos() - apartSince > longest)) {
            giveKeysBack();
        }
    }

    private void run(Served served) {
        position.aside = order.users();
        before = served;
        enter(Leg.RUNNING);
    }

    private void enter(Leg following) {
        leg = following;
        legSince = time.nanos();
    }

    private long passed() {
        return time.nanos() - legSince;
    }

    String progress() {
        return progress;
    }

    /** When the clock begins the next one; empty if it never does. */
    Optional<Instant> next() {
        return next;
    }

    /** Any thread. */
    void acknowledged(String idempotencyKey) {
        promises.note(idempotencyKey);
    }

    /** The acts to be looked for in the journal now. Any thread. */
    Optional<Set<String>> promised() {
        return promised;
    }
}
