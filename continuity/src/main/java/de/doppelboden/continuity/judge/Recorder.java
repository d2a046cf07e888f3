package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import java.nio.LongBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what requests got in the last hour, in at most 8 MB: requests that are alike are one {@link Cell}, and what does not fit any
 * more is forgotten, the oldest first. Written by the judge's thread, at no cost to the data path; read by any.
 */
final class Recorder {

    static final long KEPT_NANOS = 3_600_000_000_000L;

    private static final long FLUSH_NANOS = 1_000_000_000L;
    private static final int CHUNK = 32_768;
    private static final int CHUNKS = 32;
    private static final int OPEN = 8_192;
    private static final int SPANS = 1_000;

    /** So many cells a second fill the chunks in an hour. */
    private static final int CELLS_A_SECOND = CHUNK * (CHUNKS - 2) / 3_600;

    private static final int COARSEST = 3;

    /** The cells of the present second by open addressing: what they are, and how many. The judge's thread only. */
    private final long[] open = new long[OPEN];

    private final int[] counts = new int[OPEN];
    private int used;

    /** The more there is, the coarser is how long quick answers took: so that it goes back for an hour all the same. */
    private int coarse;

    private long flushed;

    private final long origin;
    private final Map<String, Integer> numbers = new HashMap<>();

    private final Object lock = new Object();
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private final List<Operation> operations = new ArrayList<>();
    private final ArrayDeque<Recording.Pause> pauses = new ArrayDeque<>();
    private final ArrayDeque<Recording.Stand> stands = new ArrayDeque<>();
    private final ArrayDeque<Recording.Pending> pendings = new ArrayDeque<>();
    private final long began;
    private long nextChunk;
    private long until;
    private boolean forgot;
    private long pendingSince;
    private Recording.@Nullable Stand stand;
    private Set<String> pending = Set.of();
    private String pendingSentence = "";

    private static final class Chunk {
        final long number;
        final long[] cells = new long[CHUNK];
        int length;
        long latest;

        Chunk(long number) {
            this.number = number;
        }
    }

    Recorder(long nanos) {
        this.began = nanos;
        this.origin = nanos - KEPT_NANOS;
        this.flushed = nanos;
        this.until = nanos;
    }

    /**
     * A flight that has ended; one that was taken back, or that nobody follows any more, has got nothing. What a side was asked once more
     * is left out: whoever plays it again asks two sides at most.
     */
    void note(Flight flight, boolean ended, long endNanos) {
        var number = number(flight.operation);
        if (number < 0 || flight.asksOnceMore()) {
            return;
        }
        var took = endNanos - flight.begin;
        var how = ended ? Cell.ended(flight.outcome(), flight.elsewhere()) : Cell.WITHDRAWN;
        var quick = how == Outcome.IN_BUDGET.ordinal()
                && took <= flight.operation.budget().toNanos() / 2;
        var tick = (flight.begin - origin) / Cell.TICK_NANOS;
        add(Cell.of(
                quick ? tick - tick % Cell.TICKS_A_SECOND : tick,
                quick,
                number,
                flight.side,
                flight.source,
                how,
                quick ? Cell.Steps.coarse(took, coarse) : Cell.Steps.of(took)));
    }

    private int number(Operation operation) {
        var known = numbers.get(operation.name());
        if (known != null) {
            return known;
        }
        if (numbers.size() >= Service.OPERATIONS_AT_MOST) {
            return -1;
        }
        numbers.put(operation.name(), numbers.size());
        synchronized (lock) {
            operations.add(operation);
        }
        return numbers.size() - 1;
    }

    private void add(long cell) {
        if (used > OPEN / 2) {
            flush();
        }
        var at = (int) (cell * 0x9E3779B97F4A7C15L >>> 51);
        while (counts[at] > 0 && open[at] != cell) {
            at = (at + 1) % OPEN;
        }
        if (counts[at] == 0) {
            open[at] = cell;
            used++;
        }
        counts[at]++;
    }

    /** Once a pass. */
    void passed(Evidence evidence, long now) {
        notePending(evidence, now);
        if (now - flushed >= FLUSH_NANOS) {
            flushed = now;
            coarse = used > CELLS_A_SECOND
                    ? Math.min(COARSEST, coarse + 1)
                    : used < CELLS_A_SECOND / 3 ? Math.max(0, coarse - 1) : coarse;
            flush();
            synchronized (lock) {
                until = now;
                forget(now);
            }
        }
    }

    private void flush() {
        synchronized (lock) {
            for (var at = 0; used > 0 && at < OPEN; at++) {
                for (var left = counts[at]; left > 0; left -= Cell.MOST) {
                    append(Cell.with(open[at], Math.min(left, Cell.MOST)));
                }
                counts[at] = 0;
            }
        }
        used = 0;
    }

    private void append(long cell) {
        var last = chunks.peekLast();
        if (last == null || last.length == CHUNK) {
            if (chunks.size() == CHUNKS) {
                chunks.removeFirst();
                forgot = true;
            }
            last = new Chunk(nextChunk++);
            chunks.addLast(last);
        }
        last.cells[last.length++] = cell;
        last.latest = flushed;
    }

    private void forget(long now) {
        while (!chunks.isEmpty() && now - chunks.getFirst().latest > KEPT_NANOS) {
            chunks.removeFirst();
        }
        while (!pauses.isEmpty() && now - pauses.getFirst().until() > KEPT_NANOS) {
            pauses.removeFirst();
        }
        while (stands.size() > 1 && now - secondStand() > KEPT_NANOS) {
            stands.removeFirst();
        }
        while (!pendings.isEmpty() && now - pendings.getFirst().until() > KEPT_NANOS) {
            pendings.removeFirst();
        }
    }

    /** The gateway itself did not run well. Any thread. */
    void lagged(long fromNanos, long untilNanos) {
        synchronized (lock) {
            if (pauses.size() == SPANS) {
                pauses.removeFirst();
            }
            pauses.addLast(new Recording.Pause(fromNanos, untilNanos));
        }
    }

    /** Once a pass. */
    void stands(Side serving, boolean hindered, long now) {
        var known = stand;
        if (known != null && known.serving() == serving && known.hindered() == hindered) {
            return;
        }
        stand = new Recording.Stand(now, serving, hindered);
        synchronized (lock) {
            if (stands.size() == SPANS) {
                stands.removeFirst();
            }
            stands.addLast(stand);
        }
    }

    /** What was before it is over. */
    private long secondStand() {
        var each = stands.iterator();
        each.next();
        return each.next().from();
    }

    private void notePending(Evidence evidence, long now) {
        var seen = evidence.pendingClasses();
        if (pending.isEmpty() && seen.isEmpty()) {
            return;
        }
        if (pending.isEmpty()) {
            pendingSince = now;
        }
        if (seen.isEmpty()) {
            synchronized (lock) {
                if (pendings.size() == SPANS) {
                    pendings.removeFirst();
                }
                pendings.addLast(new Recording.Pending(pendingSince, now, pending, pendingSentence));
            }
        } else {
            pendingSentence = evidence.sentence();
        }
        pending = seen;
    }

    Recording recording(Instant wall, long now) {
        synchronized (lock) {
            var parts = new ArrayList<Recording.Part>();
            chunks.forEach(chunk -> parts.add(new Recording.Part(
                    chunk.number, LongBuffer.wrap(chunk.cells, 0, chunk.length).asReadOnlyBuffer())));
            var from = Math.max(began, until - KEPT_NANOS);
            if (forgot && !chunks.isEmpty()) {
                var oldest = origin + Cell.tick(chunks.getFirst().cells[0]) * Cell.TICK_NANOS;
                from = Math.max(from, oldest);
            }
            return new Recording(
                    operations,
                    List.copyOf(pauses),
                    List.copyOf(stands),
                    List.copyOf(pendings),
                    origin,
                    from,
                    until,
                    wall.minusNanos(now - until),
                    parts);
        }
    }
}
