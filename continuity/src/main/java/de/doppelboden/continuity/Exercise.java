package de.doppelboden.continuity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scheduled failover of a slice, to prove that the standby can do it: says first what it could break, ends by the criteria of
 * a return as soon as its users get worse than the others, and leaves a dated proof only if nothing was lost.
 */
final class Exercise {

    private enum Leg {
        CLAIMING,
        RUNNING,
        GIVING_BACK
    }

    private static final Duration CLAIM_AT_MOST = Duration.ofSeconds(15);

    private final Service service;
    private final Time time;
    private final Position position;
    private final Steward steward;
    private Leg leg = Leg.RUNNING;
    private long legSince;
    private Order.Prove order = new Order.Prove(Slice.NOBODY, java.util.Set.of(), "", "");
    private Served before = Served.NOTHING;
    private Served result = Served.NOTHING;
    private Duration lasted = Duration.ZERO;
    private Optional<String> aborted = Optional.empty();
    private boolean keysOut;
    private String progress = "there was no exercise since the start";

    Exercise(Service service, Time time, Position position, Steward steward) {
        this.service = service;
        this.time = time;
        this.position = position;
        this.steward = steward;
    }

    Decision begin(Order.Prove wanted, Evidence evidence, Circumstances now, Served served) {
        var hindrances = hindrances(wanted, evidence, now);
        if (!hindrances.isEmpty()) {
            return Decision.refuse("no exercise: " + String.join("; ", hindrances));
        }
        order = wanted;
        aborted = Optional.empty();
        var why = "exercise: " + atStake(now);
        position.enter(State.EXERCISING, why);
        if (service.keys() == KeyKind.ORDERED && !wanted.keys().isEmpty()) {
            enter(Leg.CLAIMING);
            var keys = new LinkedHashMap<Key, Side>();
            wanted.keys().forEach(key -> keys.put(key, Side.STANDBY));
            steward.want(Side.PRIMARY, keys, why);
            keysOut = true;
        } else {
            run(served);
        }
        progress = why;
        return new Decision(Decision.Action.EXERCISE, why);
    }

    /** What forbids an exercise, or would make it worthless. */
    private List<String> hindrances(Order.Prove wanted, Evidence evidence, Circumstances now) {
        var found = new ArrayList<String>();
        if (evidence.standby() != Verdict.HEALTHY) {
            found.add("the standby is " + evidence.standby().name().toLowerCase(java.util.Locale.ROOT));
        }
        if (!now.feed().usable() || now.feed().phase() != FeedState.Phase.RUNNING) {
            found.add("the standby is not being kept current, " + now.feed().reason());
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
        if (wanted.keys().size() > Ownership.EXCEPTIONS_AT_MOST) {
            found.add("more than %d keys".formatted(Ownership.EXCEPTIONS_AT_MOST));
        }
        return found;
    }

    /** What it could break, before anybody is moved. */
    private String atStake(Circumstances now) {
        var forbidden = service.operations().stream()
                .filter(operation -> operation.policy() == Policy.FORBIDDEN)
                .map(Operation::name)
                .toList();
        var lag = now.feed().lag().map(found -> found.behind(time.wall())).orElse(Duration.ZERO);
        return "the standby serves %s of the users and owns %d keys; its data are %s behind; they cannot do %s meanwhile"
                .formatted(
                        order.slice(),
                        order.keys().size(),
                        Account.span(lag.toNanos()),
                        forbidden.isEmpty() ? "nothing less" : String.join(", ", forbidden));
    }

    Decision step(Evidence evidence, Circumstances now, Served served) {
        return switch (leg) {
            case CLAIMING -> claiming(served);
            case RUNNING -> running(evidence, served);
            case GIVING_BACK -> givingBack(now);
        };
    }

    private Decision claiming(Served served) {
        if (!position.ownership.exceptions().isEmpty()) {
            run(served);
            return new Decision(Decision.Action.EXERCISE, "the keys of the exercise belong to the standby now");
        }
        if (steward.answer().isPresent() || passed() > CLAIM_AT_MOST.toNanos()) {
            return end("the keys could not be claimed, " + steward.trouble());
        }
        return Decision.stay("the keys of the exercise are being claimed; " + steward.trouble());
    }

    private Decision running(Evidence evidence, Served served) {
        var seen = served.since(before);
        progress = "the standby has served %d requests of the exercise, %d of them well, since %s"
                .formatted(seen.requests(), seen.good(), Account.span(passed()));
        result = seen;
        lasted = Duration.ofNanos(passed());
        if (evidence.speaksAgainst(Side.STANDBY) || evidence.standby() == Verdict.FAILED) {
            return end("its users got worse than the others: " + evidence.sentence());
        }
        var settings = service.proof();
        var enough = passed() >= settings.atLeast().toNanos() && seen.requests() >= settings.requests();
        if (enough || passed() >= settings.atMost().toNanos()) {
            return finish(enough ? Optional.empty() : Optional.of("too few requests: " + progress));
        }
        return Decision.stay(progress);
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
        if (service.keys() == KeyKind.ORDERED
                && (keysOut || !position.ownership.exceptions().isEmpty())) {
            steward.want(Side.PRIMARY, Map.of(), "the exercise has ended");
        }
        keysOut = false;
    }

    private Decision givingBack(Circumstances now) {
        if (service.keys() == KeyKind.ORDERED
                && !position.ownership.exceptions().isEmpty()) {
            if (steward.answer().isPresent()) {
                steward.want(Side.PRIMARY, Map.of(), "the exercise has ended");
            }
            return Decision.stay("the keys of the exercise go back; " + steward.trouble());
        }
        var open = now.backlog().map(Backlog::open);
        if (open.isEmpty() || open.get() > 0) {
            if (passed() < service.proof().atMost().toNanos()) {
                return Decision.stay("waiting until the primary has all that was done in the exercise");
            }
            aborted = Optional.of("the journal was not empty in time, so nobody knows whether something was lost");
        }
        return conclude(now);
    }

    private Decision conclude(Circumstances now) {
        if (aborted.isEmpty()
                && result.good() * 100 < result.requests() * service.proof().inBudgetPercent()) {
            aborted = Optional.of(
                    "only %d of %d requests were answered well".formatted(result.good(), result.requests()));
        }
        if (aborted.isPresent()) {
            progress = "no proof: " + aborted.get();
            position.enter(State.NORMAL, progress);
            return new Decision(Decision.Action.ABORT, progress);
        }
        progress = "proven: the standby served %d requests of %s, %d of them well, in %s; nothing was lost"
                .formatted(result.requests(), order.slice(), result.good(), Account.span(lasted.toNanos()));
        position.proof = Optional.of(new Proof(
                time.wall(), lasted, order.slice(), result.requests(), result.good(), 0, now.independence(), progress));
        position.enter(State.NORMAL, progress);
        return new Decision(Decision.Action.PROVE, progress);
    }

    /** Everybody is being moved: the exercise is over without a result. */
    void abandon() {
        if (position.state == State.EXERCISING) {
            progress = "no proof: a real failover came first";
            keysOut = false;
        }
    }

    private void run(Served served) {
        position.aside = order.slice();
        before = served;
        enter(Leg.RUNNING);
    }

    private void enter(Leg next) {
        leg = next;
        legSince = time.nanos();
    }

    private long passed() {
        return time.nanos() - legSince;
    }

    String progress() {
        return progress;
    }
}
