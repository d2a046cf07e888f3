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

    private Workers() {}

    /** How many came a second, all workers together; the first failure ends it. */
    static double rate(List<? extends Work> workers, double seconds) throws InterruptedException {
        long began = System.nanoTime();
        long until = began + (long) (seconds * 1e9);
        long done = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
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
        }
        return done * 1e9 / (System.nanoTime() - began);
    }
}
