package de.doppelboden.city.limping;

import de.doppelboden.city.FreePorts;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.webapp.Side;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** People, two sides of their own, and what stands between: a group of the replay. */
final class Group implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final long LOOK = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_SETTLING = Duration.ofSeconds(60).toNanos();
    private static final int LONGEST_VISIT_SECONDS = 60;

    /** As many as the primary works at side by side; more are waiting. */
    private static final int MOST_BUSY = 16;

    /** Starts what stands between the sides, which listen there. */
    @FunctionalInterface
    interface Starter {
        Front start(int primary, int standby) throws IOException, InterruptedException;
    }

    private final String name;
    private final Plan plan;
    private final Pace pace;
    private final Side.Clock clock;
    private final Side primary;
    private final Side standby;
    private final URI health;
    private final Front front;
    private final HttpClient browsers =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();
    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    private volatile boolean watched = true;

    Group(String name, Plan plan, Pace pace, Side.Clock clock, Starter starter)
            throws IOException, InterruptedException {
        this.name = name;
        this.plan = plan;
        this.pace = pace;
        this.clock = clock;
        List<Integer> ports = FreePorts.some(2);
        this.primary = new Side(true, ports.get(0), plan.script(), clock, new Random(plan.seed()));
        this.standby = new Side(false, ports.get(1), plan.script(), clock, new Random(plan.seed() + 1));
        this.health = URI.create("http://127.0.0.1:" + ports.get(0) + "/health");
        primary.open();
        standby.open();
        this.front = started(starter, ports);
    }

    private Front started(Starter starter, List<Integer> ports) throws IOException, InterruptedException {
        try {
            return starter.start(ports.get(0), ports.get(1));
        } catch (IOException | InterruptedException | RuntimeException e) {
            primary.close();
            standby.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    Front front() {
        return front;
    }

    Side primary() {
        return primary;
    }

    Side standby() {
        return standby;
    }

    List<Visit> visits() {
        return List.copyOf(visits);
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** Somebody comes now. */
    void receive(int person) {
        people.execute(() -> {
            try {
                visits.add(new Visitor(person, plan.seed(), browsers, front.address(), pace).visit());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** What was before does not count; from now on somebody looks ten times a second. */
    void startDay() {
        visits.clear();
        primary.forget();
        standby.forget();
        people.execute(this::watch);
    }

    private void watch() {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ANSWER)
                .build()) {
            for (long next = pace.now(); watched; next += LOOK) {
                pace.until(next);
                look(http);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(HttpClient http) throws InterruptedException {
        double second = clock.second();
        int status = 0;
        long asked = pace.now();
        try {
            var request = HttpRequest.newBuilder(health).timeout(ANSWER).build();
            status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            // No answer is a status of its own.
        }
        double millis = (pace.now() - asked) / 1e6;
        try {
            samples.add(new Sample(second, status, millis, primary.inFlight(), standby.inFlight(), front.view()));
        } catch (IOException e) {
            // A front that says nothing for once is looked at again in a moment.
        }
    }

    /** Whether the primary serves everybody again since then, and does not work off what was left. */
    boolean back(double since) {
        Sample last = samples.isEmpty() ? null : samples().getLast();
        return last != null && last.second() > since && last.view().home() && last.primaryBusy() < MOST_BUSY;
    }

    /** Nobody comes any more: waits until all have left and the sides have done what was sent to them. */
    void endDay() throws InterruptedException {
        watched = false;
        people.shutdown();
        if (!people.awaitTermination(LONGEST_VISIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("somebody of group " + name + " does not leave");
        }
        long latest = pace.now() + LONGEST_SETTLING;
        while (primary.inFlight() + standby.inFlight() > 0 && pace.now() < latest) {
            pace.pause(LOOK);
        }
    }

    @Override
    public void close() {
        watched = false;
        people.shutdownNow();
        browsers.shutdownNow();
        front.close();
        primary.close();
        standby.close();
    }
}
