package de.doppelboden.cycle;

import de.doppelboden.continuity.failover.Circumstances;
import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.journal.Acknowledged;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What the controller must know beside the evidence: read by a thread that may block, handed out without blocking. */
final class Surroundings {

    private final ServiceCycle.Parts parts;
    private final IntSupplier writesUnderWay;
    private final Supplier<Optional<Permit>> permit;
    private final Supplier<Optional<Set<String>>> promised;
    private volatile FeedState feed =
            new FeedState(FeedState.Phase.FIRST_COPY, Optional.empty(), "the feed has not been asked yet");
    private volatile Optional<Backlog> backlog = Optional.empty();
    private volatile Optional<Acknowledged> acknowledged = Optional.empty();

    /** @param promised acts of an exercise that are to be looked for in the journal */
    Surroundings(
            ServiceCycle.Parts parts,
            IntSupplier writesUnderWay,
            Supplier<Optional<Permit>> permit,
            Supplier<Optional<Set<String>>> promised) {
        this.parts = parts;
        this.writesUnderWay = writesUnderWay;
        this.permit = permit;
        this.promised = promised;
    }

    Circumstances now() {
        return new Circumstances(
                feed, backlog, writesUnderWay.getAsInt(), acknowledged, parts.independence(), permit.get());
    }

    /** Looks again. While the database is away the feed's last state stays: the copy is as old as it was, and no older. */
    void look() {
        try {
            feed = parts.feeds().read();
            backlog = Optional.of(parts.stores().journal().backlog());
            acknowledged = lookFor(promised.get());
        } catch (StoreUnavailable away) {
            backlog = Optional.empty();
            acknowledged = Optional.empty();
        }
    }

    private Optional<Acknowledged> lookFor(Optional<Set<String>> keys) throws StoreUnavailable {
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(new Acknowledged(
                        keys.get().size(), parts.stores().journal().missing(keys.get())));
    }

    FeedState feed() {
        return feed;
    }

    Optional<Backlog> backlog() {
        return backlog;
    }
}
