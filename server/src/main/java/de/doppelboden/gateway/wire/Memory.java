package de.doppelboden.gateway.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What users make us hold, all together. If it is more than we can spare, whoever holds most loses it: a client who reads nothing,
 * or sends heads and bodies that do not end, must not take the memory of the others. Nothing is counted while little is taken: whoever
 * takes memory that was not there before says so, and now and then looks at all. Any thread.
 */
public final class Memory {

    private static final Logger log = LoggerFactory.getLogger(Memory.class);
    private static final int LOOKS = 10;

    /** What was ended needs a moment until its memory is free; whoever takes more waits for it. */
    private static final long PAUSE_NANOS = 10_000_000;

    private static final long SAID_EVERY_NANOS = 10_000_000_000L;

    /** Of the heap, users may make us hold a third: the rest is the program's, and room for the collector. */
    public static final Memory OF_USERS = new Memory(Runtime.getRuntime().maxMemory() / 3);

    /** One connection of a user. */
    public interface Holder {

        /** Who is to answer for it. */
        Object client();

        /** Bytes, about; quick, and from any thread. */
        long held();

        /** Ends it; does not block. */
        void drop();
    }

    /** A holder as it was looked at. */
    private record Seen(Holder holder, long bytes) {}

    private final long most;
    private final long step;
    private final Set<Holder> all = ConcurrentHashMap.newKeySet();
    private final AtomicLong taken = new AtomicLong();
    private final ReentrantLock looking = new ReentrantLock();
    private long said;
    private int unsaid;

    /** @param most bytes that may be held */
    Memory(long most) {
        this.most = most;
        this.step = most / LOOKS;
    }

    public void add(Holder holder) {
        all.add(holder);
    }

    public void remove(Holder holder) {
        all.remove(holder);
    }

    /** So many bytes more are held than before. Waits for a moment if that is too much. */
    public void taken(int bytes) {
        if (taken.addAndGet(bytes) <= step) {
            return;
        }
        looking.lock();
        try {
            if (taken.get() > step) {
                taken.addAndGet(-step);
                look();
            }
        } finally {
            looking.unlock();
        }
    }

    private void look() {
        long sum = 0;
        Map<Object, List<Seen>> clients = new HashMap<>();
        for (var holder : all) {
            long bytes = holder.held();
            sum += bytes;
            clients.computeIfAbsent(holder.client(), client -> new ArrayList<>())
                    .add(new Seen(holder, bytes));
        }
        boolean tooMuch = sum > most;
        while (sum > most && !clients.isEmpty()) {
            var heaviest = clients.entrySet().stream()
                    .max(Comparator.comparingLong(client -> sum(client.getValue())))
                    .orElseThrow();
            clients.remove(heaviest.getKey());
            sum -= relieve(heaviest.getKey(), heaviest.getValue(), sum - most / 4 * 3);
        }
        if (tooMuch) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static long sum(List<Seen> holders) {
        return holders.stream().mapToLong(Seen::bytes).sum();
    }

    /** Whoever attacks us goes on; the log must not grow with it. */
    private void tell(Object client, int ended) {
        unsaid += ended;
        long now = System.nanoTime();
        if (said == 0 || now - said > SAID_EVERY_NANOS) {
            log.warn(
                    "{} connections were ended, the latest of {}: no other client makes us hold so much",
                    unsaid,
                    client);
            said = now;
            unsaid = 0;
        }
    }

    /** Ends those that hold most until so much is free; returns how much is. */
    private long relieve(Object client, List<Seen> holders, long wanted) {
        holders.sort(Comparator.comparingLong(Seen::bytes).reversed());
        long free = 0;
        int ended = 0;
        for (var seen : holders) {
            if (free >= wanted) {
                break;
            }
            seen.holder().drop();
            free += seen.bytes();
            ended++;
        }
        tell(client, ended);
        return free;
    }
}
