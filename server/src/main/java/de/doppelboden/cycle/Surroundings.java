package de.doppelboden.cycle;

import de.doppelboden.continuity.Backlog;
import de.doppelboden.continuity.Circumstances;
import de.doppelboden.continuity.FeedState;
import de.doppelboden.continuity.Independence;
import de.doppelboden.continuity.Permit;
import de.doppelboden.continuity.StoreUnavailable;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What the controller must know beside the evidence: read by a thread that may block, handed out without blocking. */
final class Surroundings {

    private final Stores stores;
    private final FeedStates feeds;
    private final Independence independence;
    private final IntSupplier writesUnderWay;
    private final Supplier<Optional<Permit>> permit;
    private volatile FeedState feed =
            new FeedState(FeedState.Phase.FIRST_COPY, Optional.empty(), "the feed has not been asked yet");
    private volatile Optional<Backlog> backlog = Optional.empty();

    Surroundings(
            Stores stores,
            FeedStates feeds,
            Independence independence,
            IntSupplier writesUnderWay,
            Supplier<Optional<Permit>> permit) {
        this.stores = stores;
        this.feeds = feeds;
        this.independence = independence;
        this.writesUnderWay = writesUnderWay;
        this.permit = permit;
    }

    Circumstances now() {
        return new Circumstances(feed, backlog, writesUnderWay.getAsInt(), independence, permit.get());
    }

    /** Looks again. While the database is away the feed's last state stays: the copy is as old as it was, and no older. */
    void look() {
        try {
            feed = feeds.read();
            backlog = Optional.of(stores.journal().backlog());
        } catch (StoreUnavailable away) {
            backlog = Optional.empty();
        }
    }

    FeedState feed() {
        return feed;
    }

    Optional<Backlog> backlog() {
        return backlog;
    }
}
