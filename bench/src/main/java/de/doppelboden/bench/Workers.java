package de.doppelboden.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many at once who do the same again and again, for some time. */
final class Workers {

    /** Does it once; how many came of it. */
    @FunctionalInterface
    interface Work {
        int once() throws Exception;
    }

    /** What all of them did together. */
    record Done(long count, double seconds) {
        double perSecond() {
            return count / seconds;
        }
    }

    private Workers() {}

    /** All of them work until the time is over; the first failure ends it. */
    static Done run(List<? extends Work> workers, double seconds) throws InterruptedException {
        long began = System.nanoTime();
        long until = began + (long) (seconds * 1e9);
        long done = 0;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var counts = new ArrayList<Future<Long>>();
            for (Work work : workers) {
                counts.add(threads.submit(() -> {
                    long count = 0;
                    while (System.nanoTime() < until) {
                        count += work.once();
                    }
                    return count;
                }));
            }
            for (Future<Long> count : counts) {
                done += count.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a worker failed", e.getCause());
        } finally {
            threads.shutdownNow(); // close() would leave an interrupted caller interrupted, who has more to close
        }
        return new Done(done, (System.nanoTime() - began) / 1e9);
    }

    static double rate(List<? extends Work> workers, double seconds) throws InterruptedException {
        return run(workers, seconds).perSecond();
    }
}
