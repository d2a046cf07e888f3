package de.doppelboden.bench;

import de.doppelboden.city.FreePorts;
import de.doppelboden.city.fault.Capacity;
import de.doppelboden.city.peer.PeerProxy;
import de.doppelboden.city.peer.Programs;
import de.doppelboden.city.register.RegisterDatabase;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.city.replay.Stage;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The primary is killed while 200 requests a second come, and returns 8 seconds later. A request is bad when it fails or is answered
 * later than half a second after its instant. Beside it HAProxy, with the same primary and a backup of it on the same database: a
 * pair of the same application, which is more than a city has.
 */
final class CrashBench implements Bench {

    /** A city's users return in steps of 30 s; a thirtieth of it is enough for a primary that is compiling its pages. */
    private static final Stage.Setting CITY = new Stage.Setting(30_000, 2_000, Duration.ofSeconds(1));

    private static final int CLERKS = 60;
    private static final double PER_SECOND = 200;
    /** Meanwhile the clerks' log-ins are hashed, and the probe warms the standby: nobody's primary dies in its first half minute. */
    private static final double WARM_SECONDS = 30;

    /** A round begins with a primary that has just been started anew: it answers some seconds of load before it counts. */
    private static final double AGAIN_SECONDS = 4;

    private static final double DIES_AFTER = 3;
    private static final double DEAD_SECONDS = 8;
    private static final double SECONDS = 35;
    private static final int ROUNDS = 3;

    /** For an answer of a side. */
    private static final String HAPROXY_PATIENCE = "400ms";

    private static final Duration RETURN = Duration.ofSeconds(240);

    @Override
    public String name() {
        return "crash";
    }

    @Override
    public String about() {
        return "bad requests when the primary is killed at 200 requests/s, beside HAProxy";
    }

    @Override
    public List<Row> run(Ground ground) throws Exception {
        Optional<Path> haproxy = Programs.find("haproxy");
        if (haproxy.isEmpty()) {
            ground.say("HAProxy is not installed, so there is nothing to compare with (Debian: apt install haproxy).");
        }
        try (Stage stage = Stage.start(ground.folder(), CITY, ground.pace(), ground.random())) {
            Pages pages = Pages.of(stage.clerks(), CLERKS, CITY.residents(), ground.seed());
            var ours = measured(ground, stage, pages, true);
            Row bad = new Row("bad requests of " + (int) (PER_SECOND * SECONDS), "", Quantiles.median(ours))
                    .against(Target.atMost(20, 5));
            if (haproxy.isPresent()) {
                bad = bad.beside("HAProxy, backup on the same database", beside(ground, stage, pages, haproxy.get()));
            }
            var rows = new ArrayList<>(List.of(bad));
            rows.add(new Row(
                    "worst of " + ROUNDS,
                    "",
                    ours.stream().mapToDouble(Double::doubleValue).max().orElse(0)));
            return rows;
        }
    }

    private double beside(Ground ground, Stage stage, Pages pages, Path haproxy) throws Exception {
        List<Integer> free = FreePorts.some(1);
        var access = stage.primaryDatabase();
        var postgres = URI.create(access.url().substring("jdbc:".length()));
        try (RegisterDatabase database =
                        RegisterDatabase.open(access, new RegisterDatabase.Contents(0, 1, "unused", ground.random()));
                RegisterServer backup = RegisterServer.start(
                        new RegisterServer.Ports(0, 0, 0),
                        database,
                        new InetSocketAddress(postgres.getHost(), postgres.getPort()),
                        Capacity.CITY.withPerSecond(CITY.capacity()),
                        "unused",
                        new RegisterServer.Surroundings(InstantSource.system(), System::nanoTime, ground.random()));
                PeerProxy peer = PeerProxy.haproxy(
                        haproxy,
                        "peer/haproxy-tuned.cfg",
                        ground.folder(),
                        free.getFirst(),
                        Map.of(
                                "primary", stage.primary().getPort(),
                                "standby", backup.pagesPort(),
                                "patience", HAPROXY_PATIENCE),
                        ground.pace())) {
            URI address = URI.create("http://127.0.0.1:" + peer.port() + "/");
            return Quantiles.median(measured(ground, stage, pages.at(address), false));
        }
    }

    /** Bad requests of each round; of ours each begins when the primary serves again. */
    private static List<Double> measured(Ground ground, Stage stage, Pages pages, boolean ours) throws Exception {
        OpenLoad.play(ground.pace(), OpenLoad.poisson(PER_SECOND, WARM_SECONDS, ground.seed()), pages);
        var bad = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            if (ours && !stage.awaitReturn(RETURN)) {
                throw new IllegalStateException("the primary does not serve again: " + stage.said());
            }
            OpenLoad.play(ground.pace(), OpenLoad.poisson(PER_SECOND, AGAIN_SECONDS, ground.seed()), pages);
            ground.say((ours ? "Doppelboden" : "HAProxy") + ", round " + (round + 1) + " of " + ROUNDS + " ...");
            var results = crash(ground, stage, pages, ground.seed() + round);
            bad.add((double) OpenLoad.bad(results));
            ground.say(OpenLoad.bad(results) + " bad of " + results.size() + "; " + bySecond(results));
        }
        return bad;
    }

    /** The bad ones by the second that they were sent in, and what came instead. */
    private static String bySecond(List<OpenLoad.Result> results) {
        var seconds = new TreeMap<Long, Map<String, Integer>>();
        results.stream()
                .filter(OpenLoad.Result::bad)
                .forEach(result -> seconds.computeIfAbsent(result.at() / 1_000_000_000, second -> new TreeMap<>())
                        .merge(result.good() ? "late" : result.wrong(), 1, Integer::sum));
        var text = new StringJoiner(", ");
        seconds.forEach((second, counts) -> text.add("second " + second + ": " + counts));
        return text.toString();
    }

    private static List<OpenLoad.Result> crash(Ground ground, Stage stage, Pages pages, long seed) throws Exception {
        var failure = new ArrayList<Exception>();
        Thread script = Thread.ofVirtual().start(() -> {
            try {
                ground.pauseSeconds(DIES_AFTER);
                stage.killPrimary();
                ground.pauseSeconds(DEAD_SECONDS);
                stage.revivePrimary();
            } catch (Exception e) {
                failure.add(e);
            }
        });
        var results = OpenLoad.play(ground.pace(), OpenLoad.poisson(PER_SECOND, SECONDS, seed), pages);
        script.join();
        if (!failure.isEmpty()) {
            throw failure.getFirst();
        }
        return results;
    }
}
