package de.doppelboden.city.replay;

import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long it took from the first limping request to the first instant from which two seconds of requests were good. */
public final class TimeToGood {

    private static final double GOOD_SHARE = 0.99;
    private static final long WINDOW_NANOS = 2_000_000_000L;
    private static final long LIMPING_NANOS = 500_000_000L;

    private TimeToGood() {}

    /**
     * The first limping request is the first one sent after the fault began that was not good or took more than half a second. A
     * request counts when its outcome shows: at its end.
     *
     * @param counted sorted by their beginning
     * @return null: never
     */
    public static @Nullable Long millis(List<Request> counted, long fault) {
        List<Request> after = counted.stream().filter(r -> r.ended() >= fault).toList();
        var limping = after.stream()
                .filter(r -> r.began() >= fault)
                .filter(r -> r.got() != Got.GOOD || r.ended() - r.began() > LIMPING_NANOS)
                .findFirst();
        if (limping.isEmpty()) {
            return 0L;
        }
        long begin = limping.get().began();
        var candidates = new ArrayList<Long>();
        candidates.add(begin);
        after.stream().filter(r -> r.got() != Got.GOOD).forEach(r -> candidates.add(r.ended() + 1));
        long last = after.stream().mapToLong(Request::ended).max().orElse(begin);
        return candidates.stream()
                .filter(at -> at >= begin && at + WINDOW_NANOS <= last)
                .sorted()
                .filter(at -> good(after, at))
                .findFirst()
                .map(at -> (at - begin) / 1_000_000)
                .orElse(null);
    }

    /** Two seconds from the instant on: something came, and 99 % of what came or was due was good. */
    private static boolean good(List<Request> after, long at) {
        List<Request> window = after.stream()
                .filter(r -> r.ended() >= at && r.ended() < at + WINDOW_NANOS)
                .toList();
        boolean waiting = after.stream()
                .anyMatch(r -> r.got() != Got.GOOD && r.began() < at + WINDOW_NANOS && r.ended() >= at + WINDOW_NANOS);
        long good = window.stream().filter(r -> r.got() == Got.GOOD).count();
        return !window.isEmpty() && !waiting && good >= GOOD_SHARE * window.size();
    }
}
