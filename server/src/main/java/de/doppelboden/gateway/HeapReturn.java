package de.doppelboden.gateway;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back that a busy day took: what grew old meanwhile stays in the heap until its old part is full, which on a quiet
 * evening is never. A whole collection takes some tens of milliseconds, so it waits until hardly anybody has asked for a while: for
 * some looks not even the young part was filled.
 */
final class HeapReturn {

    private static final Logger log = LoggerFactory.getLogger(HeapReturn.class);

    /** Twice the young part: below that, most of it would be what a minute's work leaves anyway. */
    private static final long WORTH_BYTES = 32 << 20;

    /** Twenty seconds, as the gateway looks: less than 150 requests a second. */
    static final int QUIET_LOOKS = 4;

    /** The heap as it is looked at. */
    interface Heap {

        /** Collections so far, of whichever part. */
        long collections();

        /** Bytes taken, with what nobody needs any more. */
        long used();

        /** Collects all of it; returns when that is done. */
        void collect();
    }

    private final Heap heap;
    private long collections;
    private long needed;
    private int quiet;

    HeapReturn(Heap heap) {
        this.heap = heap;
        this.collections = heap.collections();
        this.needed = heap.used();
    }

    static HeapReturn ofThisProcess() {
        return new HeapReturn(new Heap() {
            @Override
            public long collections() {
                return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                        .sum();
            }

            @Override
            public long used() {
                var runtime = Runtime.getRuntime();
                return runtime.totalMemory() - runtime.freeMemory();
            }

            @Override
            public void collect() {
                System.gc();
            }
        });
    }

    /** Looks at the heap; to be called every few seconds by one thread. */
    void look() {
        long before = collections;
        collections = heap.collections();
        long used = heap.used();
        needed = Math.min(needed, used);
        quiet = collections == before ? quiet + 1 : 0;
        if (quiet < QUIET_LOOKS || used - needed < WORTH_BYTES) {
            return;
        }
        long began = System.nanoTime();
        heap.collect();
        needed = heap.used();
        collections = heap.collections();
        log.debug(
                "quiet: {} MB of the heap given back in {} ms",
                (used - needed) >> 20,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }
}
