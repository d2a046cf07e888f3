package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.journal.Acknowledged;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.ownership.Permit;
import java.util.Optional;

/**
 * What the controller must know beside the evidence, as of now. Collected without blocking; what is not known is said so.
 *
 * @param backlog empty when the journal cannot be read now
 * @param writesUnderWay writes that were sent to the standby and are not answered yet
 * @param acknowledged the answer to {@link FailoverController#promised()}, empty while it has not been looked up
 */
public record Circumstances(
        FeedState feed,
        Optional<Backlog> backlog,
        int writesUnderWay,
        Optional<Acknowledged> acknowledged,
        Independence independence,
        Optional<Permit> permit) {}
