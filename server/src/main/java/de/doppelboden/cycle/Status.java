package de.doppelboden.cycle;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Figure;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.failover.FailoverController;
import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.continuity.ownership.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a service stands, as management, console and command line show it. Its JSON form is part of the interface.
 *
 * @param serving the side that serves users who are in no moving slice
 * @param reason why it is in its state
 * @param decision what the last pass did, or the answer to the last order
 * @param journal null while the journal cannot be read
 * @param proof null if there is none
 * @param details of the present exercise, return or class moves
 */
public record Status(
        String id,
        State state,
        Side serving,
        Mode mode,
        Instant since,
        String reason,
        Decision decision,
        Sides verdicts,
        Found evidence,
        Fed feed,
        @Nullable Proven proof,
        @Nullable Backlog journal,
        long epoch,
        Side owner,
        @Nullable Permit permit,
        Map<String, String> details) {

    /** The verdicts on both sides. */
    public record Sides(Verdict primary, Verdict standby) {}

    /** What the last weighing found. */
    public record Found(String sentence, Instant at, Set<Side> against, List<Figure> figures) {}

    /**
     * How current the standby's copy is.
     *
     * @param current null while there is no copy
     */
    public record Fed(FeedState.Phase phase, @Nullable Instant current, long behindSeconds, String reason) {}

    /** The last proof, and whether it still counts. */
    public record Proven(
            Instant at, Instant expires, boolean fresh, long requests, long inBudget, long lost, String sentence) {}

    static Status of(
            FailoverController controller,
            Surroundings surroundings,
            Marks marks,
            Optional<Permit> permit,
            ServiceCycle.Parts parts,
            Instant now) {
        var users = controller.users();
        var evidence = controller.evidence();
        return new Status(
                parts.service().id(),
                controller.state(),
                users.serving(),
                controller.mode(),
                controller.since(),
                controller.reason(),
                marks.last(),
                new Sides(evidence.primary(), evidence.standby()),
                new Found(evidence.sentence(), evidence.at(), evidence.against(), evidence.figures()),
                fed(surroundings.feed(), now),
                proven(controller, parts, now),
                parts.stores().journal() instanceof NoJournal
                        ? null
                        : surroundings.backlog().orElse(null),
                users.ownership().epoch(),
                users.ownership().owner(),
                permit.orElse(null),
                controller.details());
    }

    private static Fed fed(FeedState feed, Instant now) {
        return new Fed(
                feed.phase(),
                feed.lag()
                        .map(lag -> lag.current())
                        .filter(at -> !at.equals(Instant.MAX))
                        .orElse(null),
                feed.lag().map(lag -> lag.behind(now)).map(Duration::toSeconds).orElse(-1L),
                feed.reason());
    }

    private static @Nullable Proven proven(FailoverController controller, ServiceCycle.Parts parts, Instant now) {
        var valid = parts.service().proof().valid();
        return controller
                .save()
                .proof()
                .map(proof -> new Proven(
                        proof.at(),
                        proof.at().plus(valid),
                        proof.fresh(now, valid, parts.independence()),
                        proof.requests(),
                        proof.inBudget(),
                        proof.lost(),
                        proof.sentence()))
                .orElse(null);
    }
}
