package de.doppelboden.gateway;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back that a busy day took: what grew old meanwhile stays in the heap until its old part is full, which on a quiet
 * evening is never. A whole collection takes some tens of milliseconds, so it waits until hardly anybody has asked for a while.
 */
final class HeapReturn {

    private static final Logger log = LoggerFactory.getLogger(HeapReturn.class);

    /** Twice the young part: below that, most of it would be what a minute's work leaves anyway. */
    private static final long WORTH_BYTES = 32 << 20;

    /** Requests between two looks that disturb nobody much: twenty a second, as the gateway looks. */
    static final long FEW = 100;

    /** Twenty seconds. */
    static final int QUIET_LOOKS = 4;

    /** The heap as it is looked at. */
    interface Heap {

        /** Bytes taken, with what nobody needs any more. */
        long used();

        /** Collects all of it; returns when that is done. */
        void collect();
    }

    private final Heap heap;
    private long requests;
    private long needed;
    private int quiet;

    HeapReturn(Heap heap) {
        this.heap = heap;
        this.needed = heap.used();
    }

    static HeapReturn ofThisProcess() {
        return new HeapReturn(new Heap() {
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

    /**
     * Looks at the heap; to be called every five seconds by one thread.
     *
     * @param all requests of users since the start
     */
    void look(long all) {
        quiet = all - requests <= FEW ? quiet + 1 : 0;
        requests = all;
        long used = heap.used();
        needed = Math.min(needed, used);
        if (quiet < QUIET_LOOKS || used - needed < WORTH_BYTES) {
            return;
        }
        long began = System.nanoTime();
        heap.collect();
        needed = heap.used();
        log.debug(
                "quiet: {} MB of the heap given back in {} ms",
                (used - needed) >> 20,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }
}
