package de.doppelboden.continuity.judge;

import java.util.OptionalLong;

/** Remembers the last intervals in which the gateway itself did not run well. Any thread; used rarely. */
final class LagLog {

    private static final int REMEMBERED = 32;

    private final long[] from = new long[REMEMBERED];
    private final long[] until = new long[REMEMBERED];
    private int count;
    private boolean unseen;
    private long unseenFrom;
    private volatile boolean any;
    private volatile long latest;

    synchronized void note(long fromNanos, long untilNanos) {
        if (untilNanos - fromNanos <= 0) {
            return;
        }
        latest = any && latest - untilNanos > 0 ? latest : untilNanos;
        any = true;
        unseenFrom = unseen && unseenFrom - fromNanos < 0 ? unseenFrom : fromNanos;
        unseen = true;
        var newest = (count - 1 + REMEMBERED) % REMEMBERED;
        if (count > 0 && fromNanos - until[newest] <= 0 && untilNanos - from[newest] >= 0) {
            from[newest] = from[newest] - fromNanos < 0 ? from[newest] : fromNanos;
            until[newest] = until[newest] - untilNanos > 0 ? until[newest] : untilNanos;
            return;
        }
        from[count % REMEMBERED] = fromNanos;
        until[count % REMEMBERED] = untilNanos;
        count++;
    }

    /** Since when what was gathered is void, if a lag was noted since the last time this was asked. */
    synchronized OptionalLong voidSince() {
        if (!unseen) {
            return OptionalLong.empty();
        }
        unseen = false;
        return OptionalLong.of(unseenFrom);
    }

    /** How much of this interval the gateway lagged. */
    long overlap(long begin, long end) {
        return any && latest - begin > 0 ? sum(begin, end) : 0;
    }

    private synchronized long sum(long begin, long end) {
        var sum = 0L;
        for (var i = 0; i < Math.min(count, REMEMBERED); i++) {
            var start = Math.max(0, from[i] - begin);
            var stop = Math.min(end - begin, until[i] - begin);
            sum += Math.max(0, stop - start);
        }
        return Math.min(sum, end - begin);
    }
}
