package de.doppelboden.bench;

import de.doppelboden.city.people.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Users who come whether earlier ones were answered or not: each request has its instant, and its time counts from there, so that
 * slowness does not hide behind fewer requests.
 */
final class OpenLoad {

    /** Later than this is bad, whatever comes. */
    static final long BUDGET_NANOS = 500_000_000L;

    private static final long LONGEST_ANSWERS_SECONDS = 60;

    /**
     * What one request came to.
     *
     * @param wrong what came instead of what was asked for; empty when that came
     */
    record Result(long at, long nanos, String wrong) {

        boolean good() {
            return wrong.isEmpty();
        }

        /** Failed, or answered later than the budget after its instant. */
        boolean bad() {
            return !good() || nanos > BUDGET_NANOS;
        }
    }

    /** One request; returns what came instead of what was asked for, empty when that came. */
    @FunctionalInterface
    interface Request {
        String send(int number) throws InterruptedException;
    }

    private OpenLoad() {}

    /** Instants in nanoseconds from the beginning, with exponential distances: arrivals that know nothing of one another. */
    static List<Long> poisson(double perSecond, double seconds, long seed) {
        var random = new SplittableRandom(seed);
        var instants = new ArrayList<Long>();
        double at = 0;
        while (true) {
            at += -Math.log(1 - random.nextDouble()) / perSecond;
            if (at >= seconds) {
                return List.copyOf(instants);
            }
            instants.add((long) (at * 1e9));
        }
    }

    /** Sends each at its instant on a thread of its own and waits for all of them; requests end by themselves. */
    static List<Result> play(Pace pace, List<Long> instants, Request request) throws InterruptedException {
        Queue<Result> results = new ConcurrentLinkedQueue<>();
        long began = pace.now();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (int i = 0; i < instants.size(); i++) {
                int number = i;
                long at = instants.get(i);
                pace.until(began + at);
                threads.execute(() -> results.add(sent(pace, began, at, request, number)));
            }
            threads.shutdown();
            if (!threads.awaitTermination(LONGEST_ANSWERS_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("requests do not end");
            }
        } finally {
            threads.shutdownNow();
        }
        return List.copyOf(results);
    }

    private static Result sent(Pace pace, long began, long at, Request request, int number) {
        String wrong;
        try {
            wrong = request.send(number);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wrong = "interrupted";
        }
        return new Result(at, pace.now() - began - at, wrong);
    }

    static long bad(List<Result> results) {
        return results.stream().filter(Result::bad).count();
    }

    /** Milliseconds of those that were answered. */
    static Quantiles millis(List<Result> results) {
        return Quantiles.of(results.stream()
                .filter(Result::good)
                .map(result -> result.nanos() / 1e6)
                .toList());
    }
}
