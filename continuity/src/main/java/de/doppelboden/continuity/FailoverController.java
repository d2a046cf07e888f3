package de.doppelboden.continuity;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides, from what users get on both sides, which side serves. Runs on the service's own thread; orders and looks come
 * from any thread.
 */
public final class FailoverController {

    private final Judge judge;
    private final Switch users;
    private volatile Evidence evidence;
    private volatile Saved saved;

    public FailoverController(Service service, Time time, Judge judge, Steward steward, Saved start) {
        this.judge = judge;
        this.saved = start;
        this.evidence = Evidence.none(time.wall());
        this.users = new Switch(
                service.keys(),
                new Route(
                        start.state(),
                        start.state().serving(),
                        start.ownership(),
                        start.movedClasses(),
                        Slice.NOBODY,
                        false,
                        ""),
                steward::entitlement);
    }

    /** The state of a gateway that has never run and finds this in the store. */
    public static Saved first(Service service, Ownership found, Instant now) {
        var state = found.owner() == Side.PRIMARY ? State.NORMAL : State.ON_STANDBY;
        return new Saved(
                state,
                now,
                found.reason(),
                service.mode(),
                found,
                Optional.empty(),
                Set.of(),
                0,
                Optional.empty(),
                Optional.empty());
    }

    /** One pass; cheap, never blocks. The reason is shown to operators word for word. */
    public Decision step(Circumstances now) {
        evidence = judge.weigh();
        return Decision.stay(evidence.sentence());
    }

    /** What a person orders; refused with a sentence if it is unsafe. */
    public Decision order(Order order, Circumstances now) {
        return Decision.refuse("not yet");
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

    /** To be written to the local state file whenever it has changed. */
    public Saved save() {
        return saved;
    }

    /** Whether a read that the standby answers should be sent to the primary as well, its answer thrown away. */
    public boolean mirrors(String slice) {
        return false;
    }

    /** What is known of the present or last exercise, return and class moves, for the service page. */
    public Map<String, String> details() {
        return Map.of();
    }
}
