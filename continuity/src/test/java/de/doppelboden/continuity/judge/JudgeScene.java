package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.SteppedTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Users, probes and two servers in stepped time, around a judge: what a gateway does, without the gateway. */
public final class JudgeScene {

    static final double GIVES_UP_SECONDS = 5;

    /** How a server behaves; changed by the test while time passes. */
    public static final class Server {
        public int slots = 16;
        double meanSeconds = 0.02;
        public double extraSeconds;
        double failing;
        /** Users get an error page that calls itself an answer; a probe that looks at no text takes it for one. */
        boolean lies;

        boolean hangs;

        /** The class that fails, and it alone; for users and probes. */
        String failingClass = "";

        /** The class that is never answered, and it alone. */
        String hangingClass = "";

        boolean refuses;
        boolean paused;
        final ArrayDeque<Runnable> queue = new ArrayDeque<>();
        int busy;
    }

    public final SteppedTime time = new SteppedTime();
    final Map<Side, Server> servers = new EnumMap<>(Map.of(Side.PRIMARY, new Server(), Side.STANDBY, new Server()));
    public final Service service;
    public final Judge judge;
    final Random random;
    final List<Operation> users = new ArrayList<>();
    double userErrors;
    double perSecond;
    double probeEvery = 1;
    boolean probesOnDoubt = true;
    boolean hedges = true;
    double hedgeShare = 0.05;
    /** Writes are asked of the standby alone, as those are that were held back while something was about to be said. */
    boolean writesElsewhere;

    /** What is asked wrongly is refused at once and waits for nobody. */
    boolean refusesAtOnce;

    /** Reads are asked of both sides at once from now on. */
    boolean asksBoth;

    /** The standby does nothing right for users, and probes do not see it. */
    boolean standbyLies;

    private double hedgeTokens = 5;
    Evidence evidence;
    public double leftAfter = -1;
    String sentence = "";
    private double faultAt = Double.MAX_VALUE;
    private final Map<Side, Integer> probing = new EnumMap<>(Map.of(Side.PRIMARY, 0, Side.STANDBY, 0));

    public JudgeScene(long seed, double perSecond, List<Operation> operations) {
        this(seed, perSecond, Service.of("portal", KeyKind.FREE, operations));
    }

    public JudgeScene(long seed, double perSecond, Service service) {
        this.random = new Random(seed);
        this.perSecond = perSecond;
        this.service = service;
        this.users.addAll(service.operations());
        this.judge = new Judge(service, time);
        time.after(random.nextDouble() / perSecond, this::arrival);
        time.after(random.nextDouble() * probeEvery, this::probes);
        time.after(0.05, this::tick);
    }

    public static List<Operation> portal() {
        var operations = new ArrayList<Operation>();
        for (var name : List.of("mail", "register", "appointments", "classlist", "storage")) {
            operations.add(new Operation(name + ".read", true, Policy.SAFE, Duration.ofMillis(500), true, ""));
            operations.add(
                    new Operation(name + ".write", false, Policy.PROVISIONAL, Duration.ofMillis(500), false, ""));
        }
        return operations;
    }

    public static List<Operation> counter() {
        return List.of(
                new Operation("register.search", true, Policy.SAFE, Duration.ofSeconds(1), false, "register"),
                new Operation("register.view", true, Policy.SAFE, Duration.ofSeconds(1), false, "register"),
                new Operation("register.move", false, Policy.PROVISIONAL, Duration.ofSeconds(1), false, "register"),
                new Operation("register.act", false, Policy.FORBIDDEN, Duration.ofSeconds(1), false, "register"));
    }

    public Server primary() {
        return servers.get(Side.PRIMARY);
    }

    Server standby() {
        return servers.get(Side.STANDBY);
    }

    public void faultNow() {
        faultAt = time.seconds();
    }

    public void pass(double seconds) {
        time.pass(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private void arrival() {
        time.after(-Math.log(1 - random.nextDouble()) / perSecond, this::arrival);
        Operation operation;
        do {
            operation = users.get(random.nextInt(users.size()));
        } while (!operation.read() && random.nextDouble() > 0.25);
        request(operation, random.nextDouble() < userErrors);
    }

    private void request(Operation operation, boolean usersError) {
        var lies = primary().lies;
        var side = writesElsewhere && !operation.read() ? Side.STANDBY : Side.PRIMARY;
        var flight = judge.begin(operation, side, Source.USER, time.nanos());
        hedgeTokens = Math.min(10, hedgeTokens + hedgeShare);
        ask(side, operation, usersError || lies && side == Side.PRIMARY, outcome -> {
            end(flight, operation, outcome);
            if (outcome == Outcome.FAILED) {
                hedge(flight, usersError);
            }
        });
        time.after(asksBoth ? 0 : operation.budget().toNanos() / 2e9, () -> {
            if (flight.progress() == Flight.Progress.UNDER_WAY) {
                hedge(flight, usersError);
            }
        });
    }

    /** So many people log in at once; each log-in costs half a second of one of two processors, so the last waits for long. */
    void logInStorm(Operation logIn, int people) {
        for (var turn = 1; turn <= people; turn++) {
            var flight = judge.begin(logIn, Side.PRIMARY, Source.USER, time.nanos());
            time.after((turn + 1) / 2 * 0.5, () -> end(flight, logIn, Outcome.IN_BUDGET));
        }
    }

    /** Somebody's program sends one wrong request of a kind after the other. */
    void brokenProgram(Operation operation, double perSecond, double seconds) {
        for (var at = 0.0; at < seconds; at += 1 / perSecond) {
            time.after(at, () -> request(operation, true));
        }
    }

    private void hedge(Flight flight, boolean usersError) {
        if (!hedges || !flight.operation.hedgeable() || hedgeTokens < 1) {
            return;
        }
        hedgeTokens--;
        var other = judge.pair(flight, Source.HEDGE, time.nanos());
        ask(
                flight.side.other(),
                flight.operation,
                usersError || standbyLies && flight.side == Side.PRIMARY,
                outcome -> {
                    end(other, flight.operation, outcome);
                    if (outcome == Outcome.FAILED && flight.progress() == Flight.Progress.ENDED) {
                        again(other, usersError);
                    }
                });
    }

    /** What has failed on both sides is asked of the first once more. */
    private void again(Flight failed, boolean usersError) {
        var flight = judge.pair(failed, Source.HEDGE, time.nanos());
        ask(flight.side, flight.operation, usersError, outcome -> end(flight, flight.operation, outcome));
    }

    private void end(Flight flight, Operation operation, Outcome outcome) {
        var late = time.nanos() - flight.begin > operation.budget().toNanos();
        flight.ended(outcome == Outcome.IN_BUDGET && late ? Outcome.LATE : outcome, time.nanos());
    }

    private void probes() {
        time.after(probeEvery, this::probes);
        for (var side : Side.values()) {
            probe(side);
        }
    }

    private void probe(Side side) {
        probing.merge(side, 1, Integer::sum);
        var operation = users.stream().filter(Operation::read).toList().get(random.nextInt(2));
        var flight = judge.begin(operation, side, Source.PROBE, time.nanos());
        ask(side, operation, false, outcome -> {
            probing.merge(side, -1, Integer::sum);
            end(flight, operation, outcome);
        });
    }

    private void tick() {
        time.after(0.05, this::tick);
        evidence = judge.weigh();
        if (evidence.speaksAgainst(Side.PRIMARY) && leftAfter < 0) {
            leftAfter = time.seconds() - faultAt;
            sentence = evidence.sentence();
        }
        if (probesOnDoubt) {
            evidence.doubts().stream().filter(side -> probing.get(side) < 3).forEach(this::probe);
        }
    }

    private interface Answer {
        void got(Outcome outcome);
    }

    private void ask(Side side, Operation operation, boolean usersError, Answer answer) {
        var server = servers.get(side);
        var done = new boolean[1];
        Answer once = outcome -> {
            if (!done[0]) {
                done[0] = true;
                answer.got(outcome);
            }
        };
        time.after(GIVES_UP_SECONDS, () -> once.got(Outcome.NONE));
        if (server.refuses) {
            time.after(0.001, () -> once.got(Outcome.NONE));
            return;
        }
        var of = operation.name().substring(0, operation.name().indexOf('.'));
        if (of.equals(server.hangingClass)) {
            return;
        }
        if (refusesAtOnce && usersError) {
            time.after(0.003, () -> once.got(Outcome.FAILED));
            return;
        }
        server.queue.add(() -> {
            var seconds = server.meanSeconds * Math.exp(0.5 * random.nextGaussian() - 0.125) + server.extraSeconds;
            var fails = usersError || of.equals(server.failingClass) || random.nextDouble() < server.failing;
            time.after(seconds, () -> {
                server.busy--;
                serve(server);
                once.got(fails ? Outcome.FAILED : Outcome.IN_BUDGET);
            });
        });
        serve(server);
    }

    void serve(Server server) {
        while (!server.hangs && !server.paused && server.busy < server.slots && !server.queue.isEmpty()) {
            server.busy++;
            server.queue.remove().run();
        }
    }

    /** A pause as of a garbage collection: nothing begun, all of it later. */
    void pause(Side side, double seconds) {
        var server = servers.get(side);
        server.paused = true;
        time.after(seconds, () -> {
            server.paused = false;
            serve(server);
        });
    }
}
