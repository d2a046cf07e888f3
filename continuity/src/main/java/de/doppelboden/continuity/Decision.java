package de.doppelboden.continuity;

/**
 * What one pass of a loop does, and why.
 *
 * @param reason a whole sentence for the operator: the same on the page, in the log and in the evidence log
 */
public record Decision(Action action, String reason) {

    /** What a pass of the cycle can do. */
    public enum Action {
        STAY,
        FAIL_OVER,
        MOVE_CLASS,
        RETURN_CLASS,
        ADVISE,
        RECONCILE,
        RAMP,
        RETURN,
        FAIL_BACK,
        EXERCISE,
        PROVE,
        ABORT,
        PERMIT,
        HOLD,
        RELEASE,
        ROLL_BACK,
        MODE,
        REFUSE
    }

    public static Decision stay(String reason) {
        return new Decision(Action.STAY, reason);
    }

    public static Decision refuse(String reason) {
        return new Decision(Action.REFUSE, reason);
    }

    /** Something changed or was asked of a person, so that it belongs in the evidence log even when it repeats. */
    public boolean noteworthy() {
        return action != Action.STAY;
    }
}
