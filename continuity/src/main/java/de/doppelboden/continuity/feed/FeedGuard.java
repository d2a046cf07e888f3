package de.doppelboden.continuity.feed;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.GuardSettings;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.ownership.Permit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Looks at each batch of the feed before it is applied. What administrators do by mistake reaches the primary in seconds: a
 * mass change stops the feed and asks a person, and during a permitted change on the primary the standby keeps what it had.
 * The feed's own thread; a person's answer from any.
 */
public final class FeedGuard {

    private static final int BATCHES_AT_MOST = 10_000;

    private final GuardSettings settings;
    private final Time time;
    private final ArrayDeque<Passed> window = new ArrayDeque<>();
    private FeedChange sum = NOTHING;
    private boolean asking;
    private boolean accepted;
    private String acceptedBy = "";

    private static final FeedChange NOTHING = new FeedChange(0, 0, 0, 0, 0, 0);

    private record Passed(long at, FeedChange change) {}

    public FeedGuard(GuardSettings settings, Time time) {
        this.settings = settings;
        this.time = time;
    }

    /** Whether this batch may be applied: {@code RELEASE}, or {@code HOLD} with the sentence that asks. */
    public synchronized Decision check(FeedChange batch, Optional<Permit> permit) {
        var change = permit.filter(open -> open.side() == Side.PRIMARY && open.stage() != Permit.Stage.CLOSED);
        if (change.isPresent()) {
            return new Decision(
                    Decision.Action.HOLD,
                    "the standby keeps what it had: a change of the primary is under way, "
                            + change.get().what());
        }
        forget();
        var suspicious = suspicious(sum.and(batch));
        if (suspicious.isPresent() && !accepted) {
            asking = true;
            return new Decision(
                    Decision.Action.HOLD,
                    "%s within %s: a person must say whether that is meant"
                            .formatted(
                                    suspicious.get(),
                                    Time.spoken(settings.window().toNanos())));
        }
        var meant = suspicious.isPresent();
        pass(batch, meant);
        return new Decision(
                Decision.Action.RELEASE,
                meant ? "a mass change that %s has accepted".formatted(acceptedBy) : "an ordinary batch");
    }

    private void pass(FeedChange batch, boolean meant) {
        asking = false;
        accepted = false;
        if (meant) {
            window.clear();
            sum = NOTHING;
        } else {
            window.add(new Passed(time.nanos(), batch));
            sum = sum.and(batch);
        }
    }

    private void forget() {
        var oldest = time.nanos() - settings.window().toNanos();
        while (!window.isEmpty() && (window.peekFirst().at() - oldest < 0 || window.size() > BATCHES_AT_MOST)) {
            sum = sum.without(window.removeFirst().change());
        }
    }

    private Optional<String> suspicious(FeedChange change) {
        var found = new ArrayList<String>();
        note(found, change.deleted(), settings.deletedPermille(), change.total(), "would be deleted");
        note(found, change.moved(), settings.movedPermille(), change.total(), "would be moved");
        note(found, change.emptied(), settings.emptiedPermille(), change.total(), "would lose a field");
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", found));
    }

    private void note(ArrayList<String> found, long number, int permille, long total, String what) {
        if (number > settings.least() && number * 1000 > total * permille) {
            found.add("%d of %d records %s".formatted(number, total, what));
        }
    }

    /** The feed has stopped for a batch that an earlier guard asked about, before a restart. */
    public synchronized void askAgain() {
        asking = true;
    }

    /** A person has looked: the batch that was asked about may pass, once. */
    public synchronized void accept(String actor) {
        accepted = asking;
        acceptedBy = actor;
    }

    public synchronized boolean asking() {
        return asking;
    }
}
