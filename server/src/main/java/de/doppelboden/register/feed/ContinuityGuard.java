package de.doppelboden.register.feed;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.feed.FeedChange;
import de.doppelboden.continuity.feed.FeedGuard;
import de.doppelboden.continuity.ownership.Permit;
import java.util.Optional;
import java.util.function.Supplier;

/** The cycle's own guard against mass changes and permitted ones. */
final class ContinuityGuard implements MassChangeGuard {

    private final FeedGuard guard;
    private final Supplier<Optional<Permit>> permit;

    ContinuityGuard(FeedGuard guard, Supplier<Optional<Permit>> permit) {
        this.guard = guard;
        this.permit = permit;
    }

    @Override
    public Optional<String> apply(FeedChange change) {
        var decision = guard.check(change, permit.get());
        return decision.action() == Decision.Action.HOLD ? Optional.of(decision.reason()) : Optional.empty();
    }

    @Override
    public Optional<String> holds() {
        return permit.get()
                .filter(open -> open.side() == Side.PRIMARY && open.stage() != Permit.Stage.CLOSED)
                .map(open -> "a change of the primary is permitted: " + open.what());
    }

    @Override
    public void accept(String actor) {
        guard.askAgain();
        guard.accept(actor);
    }
}
