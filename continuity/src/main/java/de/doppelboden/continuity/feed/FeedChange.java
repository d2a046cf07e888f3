package de.doppelboden.continuity.feed;

/**
 * What one batch of the feed would change on the standby.
 *
 * @param total records the standby has
 * @param moved records whose place changes (an address, a folder, an office)
 * @param emptied fields that had a value and would have none
 */
public record FeedChange(long total, long added, long changed, long deleted, long moved, long emptied) {

    public FeedChange and(FeedChange other) {
        return new FeedChange(
                Math.max(total, other.total),
                added + other.added,
                changed + other.changed,
                deleted + other.deleted,
                moved + other.moved,
                emptied + other.emptied);
    }

    FeedChange without(FeedChange other) {
        return new FeedChange(
                total,
                added - other.added,
                changed - other.changed,
                deleted - other.deleted,
                moved - other.moved,
                emptied - other.emptied);
    }
}
