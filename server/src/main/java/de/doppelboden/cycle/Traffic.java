package de.doppelboden.cycle;

import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.Time;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** What users and probes got on both sides, minute by minute, for the last 24 hours. Any thread. */
public final class Traffic {

    private static final int MINUTES = 24 * 60;
    private static final int SECONDS_A_MINUTE = 60;
    private static final int BUCKETS = 64;

    /**
     * One minute of one side. Outcomes are those of users; of probes if there were no users.
     *
     * @param probes how many requests were ours
     * @param p50Ms half of all requests were answered within so many milliseconds; -1 if none was
     */
    public record Bin(
            Side side,
            Instant minute,
            int inBudget,
            int late,
            int failed,
            int none,
            int probes,
            int p50Ms,
            int p95Ms) {}

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final long[][] totals = new long[Side.values().length][Outcome.values().length];
    private final TreeMap<Long, Minute> primary = new TreeMap<>();
    private final TreeMap<Long, Minute> standby = new TreeMap<>();

    public Traffic(Time time) {
        this.time = time;
    }

    void note(Side side, Source source, Outcome outcome, long nanos) {
        if (source == Source.MIRROR) {
            return;
        }
        long minute = time.wall().getEpochSecond() / SECONDS_A_MINUTE;
        lock.lock();
        try {
            var minutes = of(side);
            var now = minutes.computeIfAbsent(minute, number -> new Minute());
            if (source == Source.USER) {
                totals[side.ordinal()][outcome.ordinal()]++;
            }
            now.note(source == Source.PROBE, outcome, nanos);
            while (minutes.size() > MINUTES) {
                minutes.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    private TreeMap<Long, Minute> of(Side side) {
        return switch (side) {
            case PRIMARY -> primary;
            case STANDBY -> standby;
        };
    }

    /** How many requests of users had this outcome since the start. */
    public long total(Side side, Outcome outcome) {
        lock.lock();
        try {
            return totals[side.ordinal()][outcome.ordinal()];
        } finally {
            lock.unlock();
        }
    }

    /** The bins since then, by time. */
    public List<Bin> since(Instant from) {
        long first = from.truncatedTo(ChronoUnit.MINUTES).getEpochSecond() / SECONDS_A_MINUTE;
        var bins = new ArrayList<Bin>();
        lock.lock();
        try {
            for (var side : Side.values()) {
                of(side).tailMap(first).forEach((number, minute) -> bins.add(minute.bin(side, number)));
            }
        } finally {
            lock.unlock();
        }
        return bins;
    }

    /** What a database remembers of the time before this process; minutes that are there already are kept. */
    public void restore(List<Bin> bins) {
        lock.lock();
        try {
            for (var bin : bins) {
                of(bin.side()).putIfAbsent(bin.minute().getEpochSecond() / SECONDS_A_MINUTE, new Minute(bin));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts and a histogram in steps of a fourth of an octave; 64 of them reach from 1 ms to a minute. */
    private static final class Minute {

        private final int[] users = new int[Outcome.values().length];
        private final int[] probes = new int[Outcome.values().length];
        private final short[] times;
        private final int p50;
        private final int p95;

        Minute() {
            times = new short[BUCKETS];
            p50 = -1;
            p95 = -1;
        }

        Minute(Bin bin) {
            times = new short[0];
            p50 = bin.p50Ms();
            p95 = bin.p95Ms();
            int[] counts = bin.probes() > 0 && bin.probes() == sum(bin) ? probes : users;
            counts[Outcome.IN_BUDGET.ordinal()] = bin.inBudget();
            counts[Outcome.LATE.ordinal()] = bin.late();
            counts[Outcome.FAILED.ordinal()] = bin.failed();
            counts[Outcome.NONE.ordinal()] = bin.none();
        }

        private static int sum(Bin bin) {
            return bin.inBudget() + bin.late() + bin.failed() + bin.none();
        }

        void note(boolean probe, Outcome outcome, long nanos) {
            (probe ? probes : users)[outcome.ordinal()]++;
            int bucket = bucket(nanos);
            if (outcome != Outcome.NONE && bucket < times.length && times[bucket] < Short.MAX_VALUE) {
                times[bucket]++;
            }
        }

        private static int bucket(long nanos) {
            double ms = Math.max(1, nanos / 1e6);
            return Math.min(BUCKETS - 1, (int) (4 * Math.log(ms) / Math.log(2)));
        }

        private int quantile(double share) {
            long all = 0;
            for (short count : times) {
                all += count;
            }
            long wanted = (long) Math.ceil(share * all);
            for (int i = 0; all > 0 && i < times.length; i++) {
                wanted -= times[i];
                if (wanted <= 0) {
                    return (int) Math.round(Math.pow(2, (i + 0.5) / 4));
                }
            }
            return -1;
        }

        Bin bin(Side side, long number) {
            int ofProbes = 0;
            int ofUsers = 0;
            for (int i = 0; i < users.length; i++) {
                ofProbes += probes[i];
                ofUsers += users[i];
            }
            int[] shown = ofUsers > 0 ? users : probes;
            return new Bin(
                    side,
                    Instant.ofEpochSecond(number * SECONDS_A_MINUTE),
                    shown[Outcome.IN_BUDGET.ordinal()],
                    shown[Outcome.LATE.ordinal()],
                    shown[Outcome.FAILED.ordinal()],
                    shown[Outcome.NONE.ordinal()],
                    ofProbes,
                    times.length == 0 ? p50 : quantile(0.5),
                    times.length == 0 ? p95 : quantile(0.95));
        }
    }
}
