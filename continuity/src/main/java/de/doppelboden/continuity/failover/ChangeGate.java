package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.GateSettings;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.continuity.ownership.Permit;
import java.time.Duration;
import java.util.Optional;

/**
 * Permits a change on one side only, while the other has a fresh proof, and verifies its end by the same evidence as ever. The
 * service's own thread; {@link #permit} from any.
 */
public final class ChangeGate {

    private final GateSettings settings;
    private final Time time;
    private volatile Optional<Permit> permit;
    private long verifyingSince;
    private long wellSince;
    private boolean well;

    /** @param last the permit as it was stored */
    public ChangeGate(GateSettings settings, Time time, Optional<Permit> last) {
        this.settings = settings;
        this.time = time;
        this.permit = last;
        this.verifyingSince = time.nanos();
    }

    /** Permits a change, or refuses it with what is missing. */
    public Decision open(Change wanted, FailoverController controller, Circumstances now) {
        var present = permit.filter(open -> open.stage() != Permit.Stage.CLOSED);
        if (present.isPresent()) {
            return Decision.refuse("one change at a time: %s is %s"
                    .formatted(
                            present.get().what(), present.get().stage().name().toLowerCase(java.util.Locale.ROOT)));
        }
        if (wanted.length().compareTo(settings.longest()) > 0
                || !wanted.length().isPositive()) {
            return Decision.refuse("a change is permitted for at most "
                    + Time.spoken(settings.longest().toNanos()));
        }
        var missing = missing(wanted.side(), controller, now);
        if (missing.isPresent()) {
            return Decision.refuse(
                    "no change of the %s: %s".formatted(wanted.side().spoken(), missing.get()));
        }
        var why = "%s of the %s is permitted until %s; the %s could take over"
                .formatted(
                        wanted.what(),
                        wanted.side().spoken(),
                        time.wall().plus(wanted.length()),
                        wanted.side().other().spoken());
        permit = Optional.of(new Permit(
                wanted.id(),
                wanted.side(),
                wanted.what(),
                wanted.actor(),
                time.wall(),
                time.wall().plus(wanted.length()),
                Permit.Stage.OPEN,
                why));
        return new Decision(Decision.Action.PERMIT, why);
    }

    /** Why the other side could not take over if this one broke. */
    private Optional<String> missing(Side side, FailoverController controller, Circumstances now) {
        if (controller.evidence().verdict(side.other()) != Verdict.HEALTHY) {
            return Optional.of(
                    "the %s is not seen to be well".formatted(side.other().spoken()));
        }
        if (!controller.sureOfOwner()) {
            return Optional.of("this gateway does not know for sure which side owns the keys now");
        }
        return switch (side) {
            case PRIMARY -> {
                if (controller.state() != State.NORMAL) {
                    yield Optional.of("the service is not in its normal state");
                }
                if (!controller.proven(now.independence())) {
                    yield Optional.of("the standby has no fresh proof, so it counts as none");
                }
                yield now.feed().usable()
                        ? Optional.empty()
                        : Optional.of("there is no standby yet, " + now.feed().reason());
            }
            case STANDBY ->
                controller.state() == State.NORMAL
                        ? Optional.empty()
                        : Optional.of("users are on the standby, and the primary has not proven itself");
        };
    }

    /** The change is said to be done: the same evidence as ever decides whether it went well. */
    public Decision verify(String actor) {
        return in(Permit.Stage.OPEN, Permit.Stage.HELD)
                .map(open -> {
                    verifyingSince = time.nanos();
                    well = false;
                    return move(
                            open,
                            Permit.Stage.VERIFYING,
                            Decision.Action.STAY,
                            "%s is being verified for %s".formatted(open.what(), actor));
                })
                .orElse(Decision.refuse("there is no change to verify"));
    }

    /** A person ends a held change: it was rolled back, or is accepted as it is. */
    public Decision close(String actor, String reason) {
        return in(Permit.Stage.HELD)
                .map(held -> move(
                        held,
                        Permit.Stage.CLOSED,
                        Decision.Action.RELEASE,
                        "%s was closed by %s: %s".formatted(held.what(), actor, reason)))
                .orElse(Decision.refuse("only a held change is closed by a person; verify it first"));
    }

    /** One pass: verification, expiry. */
    public Decision step(Evidence evidence) {
        var now = permit.orElse(null);
        if (now == null) {
            return Decision.stay("no change is permitted");
        }
        return switch (now.stage()) {
            case OPEN ->
                time.wall().isBefore(now.until())
                        ? Decision.stay(now.reason())
                        : move(
                                now,
                                Permit.Stage.HELD,
                                Decision.Action.HOLD,
                                "%s was not said to be done in time: it is held until a person verifies it"
                                        .formatted(now.what()));
            case VERIFYING -> verifying(now, evidence);
            case HELD, CLOSED -> Decision.stay(now.reason());
        };
    }

    private Decision verifying(Permit now, Evidence evidence) {
        var isWell = evidence.verdict(now.side()) == Verdict.HEALTHY && !evidence.speaksAgainst(now.side());
        if (isWell && !well) {
            wellSince = time.nanos();
        }
        well = isWell;
        if (well && time.nanos() - wellSince >= settings.verify().toNanos()) {
            return move(
                    now,
                    Permit.Stage.CLOSED,
                    Decision.Action.RELEASE,
                    "%s is verified: %s".formatted(now.what(), evidence.sentence()));
        }
        if (evidence.speaksAgainst(now.side())
                || time.nanos() - verifyingSince >= settings.patience().toNanos()) {
            return move(
                    now,
                    Permit.Stage.HELD,
                    Decision.Action.ROLL_BACK,
                    "%s should be rolled back: %s".formatted(now.what(), evidence.sentence()));
        }
        return Decision.stay("%s is being verified: %s".formatted(now.what(), evidence.sentence()));
    }

    private Optional<Permit> in(Permit.Stage... stages) {
        return permit.filter(open -> java.util.List.of(stages).contains(open.stage()));
    }

    private Decision move(Permit from, Permit.Stage to, Decision.Action action, String why) {
        permit = Optional.of(from.at(to, why));
        return new Decision(action, why);
    }

    /** The present or last permit, for the store, the feed and the pages. */
    public Optional<Permit> permit() {
        return permit;
    }

    /** A change that somebody wants to make. */
    public record Change(String id, Side side, String what, String actor, Duration length) {}
}
