package de.doppelboden.continuity.judge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds how many reads are asked of both sides, so that hedging never becomes a load of its own: a share of all requests,
 * saved up to a small burst. Any thread; wait-free but for the retry of a lost compare-and-set, which is bounded.
 */
public final class HedgeBudget {

    private static final long TOKEN = 1_000;
    private static final int ATTEMPTS = 4;

    private final AtomicLong saved;
    private final int burst;
    private volatile int permille;

    /** @param burst how many hedges may be saved up; so many are there at the beginning, or little traffic would have none for long */
    public HedgeBudget(int permille, int burst) {
        this.permille = permille;
        this.burst = burst;
        this.saved = new AtomicLong(burst * TOKEN);
    }

    /** How many of a thousand requests may be hedged from now on; more towards a proven standby. */
    public void share(int ofThousand) {
        permille = ofThousand;
    }

    public int share() {
        return permille;
    }

    /** One request was made: earns its share of a hedge. */
    public void earn() {
        if (saved.get() < burst * TOKEN) {
            saved.addAndGet(permille);
        }
    }

    /** Whether a request may be hedged now; a yes is spent. */
    public boolean spend() {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var seen = saved.get();
            if (seen < TOKEN) {
                return false;
            }
            if (saved.compareAndSet(seen, seen - TOKEN)) {
                return true;
            }
        }
        return false;
    }
}
