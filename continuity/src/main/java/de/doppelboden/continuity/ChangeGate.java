package de.doppelboden.continuity;

import java.time.Duration;
import java.util.Optional;

/** Permits a change on one side only, while the other has a fresh proof, and verifies its end by the same evidence as ever. */
public final class ChangeGate {

    public ChangeGate(Service service, Time time, Optional<Permit> last) {}

    public Decision open(
            Side side, String what, String actor, Duration length, FailoverController controller, Circumstances now) {
        return Decision.refuse("not yet");
    }

    /** The change is said to be done. */
    public Decision verify(String actor) {
        return Decision.refuse("not yet");
    }

    /** A person ends a held change: it was rolled back, or is accepted as it is. */
    public Decision close(String actor, String reason) {
        return Decision.refuse("not yet");
    }

    /** One pass: verification, expiry. */
    public Decision step(Evidence evidence) {
        return Decision.stay("no change is permitted");
    }

    /** The present permit, for the store, the feed and the pages. */
    public Optional<Permit> permit() {
        return Optional.empty();
    }
}
