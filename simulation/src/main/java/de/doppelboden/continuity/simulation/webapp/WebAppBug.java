package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.simulation.Planted;

/** What a careless hand could have built instead; each must be found by the seeds. */
enum WebAppBug implements Planted {
    /** A write that waits too long is asked of the other side as well, like a read. */
    HEDGES_WRITES,
    /** A write that was sent and not answered follows its user to the other side. */
    SENDS_UNANSWERED_WRITES_AGAIN,
    /** A write that was cut off is answered "not done", so that its user sends it again. */
    CALLS_UNKNOWN_NOT_DONE,
    /** Each attempt gets an idempotency key of its own. */
    FRESH_KEY_FOR_EACH_ATTEMPT,
    /** Hedges are not counted. */
    HEDGES_WITHOUT_BUDGET,
    /** Reads are asked of both sides though they do not answer alike. */
    HEDGES_WHAT_IS_NOT_EQUIVALENT,
    /** Only observing, it asks the other side nevertheless. */
    HEDGES_WHEN_IT_MAY_NOT_ACT,
    /** Any class is moved alone, as if both sides wrote one store. */
    MOVES_ANY_CLASS_ALONE,
    /** Classes that share data are moved one by one. */
    SPLITS_WHAT_SHARES_DATA,
    /** The standby is sent writes that it must not do. */
    FORBIDDEN_IS_SENT,
    /** After a restart nobody knows that users were moved. */
    RESTART_FORGETS,
    /** A read that waits where users have left is not taken along. */
    WAITING_READS_STAY,
    /** Users' failures are reported as a probe's, which makes no errors of its own. */
    USERS_ERRORS_COUNT_IN_FULL,
    /** Whatever the standby answers is reported as good. */
    STANDBY_IS_TRUSTED,
    /** The standby is neither probed nor asked. */
    STANDBY_IS_NOT_WATCHED
}
