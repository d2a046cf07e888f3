package de.doppelboden.city.replay;

import de.doppelboden.city.FreePorts;
import de.doppelboden.city.fault.Fault;
import de.doppelboden.city.people.Crew;
import de.doppelboden.city.people.Day;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.population.Clerk;
import de.doppelboden.city.register.CityCluster;
import de.doppelboden.city.register.RegisterDatabase;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.database.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The outage of the customer centres of 24 September 2019: the central storage limps from 11:00, is dead from 11:20, and is back cold at
 * 15:00. Scenes at its edges are played in real time, at the real rate of 170 desks; the hours between are skipped.
 */
public final class CountersDay {

    static final String NAME = "counters-2019-09-24";

    public static final Outage OUTAGE = new Outage(
            NAME,
            setting -> new CountersDay(setting.folder(), setting.residents(), setting.seed(), new SecureRandom())
                    .play(setting.alone() ? null : RegisterFloor::start));

    static final long POPULATION_SEED = 1;

    private static final String SECOND = "stadt_floor";
    private static final RegisterServer.Ports ANY = new RegisterServer.Ports(0, 0, 0);

    private static final LocalTime LIMPS = LocalTime.of(11, 0);
    private static final LocalTime DIES = LocalTime.of(11, 20);
    private static final LocalTime RETURNS = LocalTime.of(15, 0);

    private static final Duration BEFORE = Duration.ofSeconds(4);
    private static final Duration BLOCK_BEFORE = Duration.ofSeconds(10);
    private static final Duration MOVE_BEFORE = Duration.ofMillis(700);
    private static final Duration LIMPING = Duration.ofMillis(12_200);
    private static final Duration DEAD = Duration.ofSeconds(3);
    private static final Duration AFTER_RETURN = Duration.ofMillis(500);
    private static final Duration LONGEST_RETURN = Duration.ofSeconds(28);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(15);
    private static final long LOOK = Duration.ofMillis(200).toNanos();

    /** Begins to start the second floor in front of a primary, which need not be there yet. */
    @FunctionalInterface
    interface Builder {
        SecondFloor build(Path folder, RegisterServer.Ports primary, Access primaryDatabase)
                throws IOException, InterruptedException;
    }

    /** What was played: figures of both groups, and what the report shows of the way. */
    record Result(
            long seed,
            double wallSeconds,
            List<Scene> scenes,
            Side alone,
            @Nullable Side floor) implements Played {

        @Override
        public ObjectNode json() {
            ObjectNode groups = JsonMapper.shared().createObjectNode();
            groups.set("alone", alone.figures().json());
            if (floor != null) {
                groups.set("floor", floor.figures().json());
            }
            ObjectNode json = JsonMapper.shared().createObjectNode();
            json.set("groups", groups);
            return json;
        }

        @Override
        public List<String> lines() {
            return Summary.lines(this);
        }

        @Override
        public List<Invariant> invariants() {
            return Invariants.of(this);
        }

        @Override
        public boolean report(Path file) throws IOException {
            if (floor != null) {
                Report.write(file, this);
            }
            return floor != null;
        }

        @Override
        public void diary(Path file) throws IOException {
            DiaryFile.write(file, this);
        }
    }

    /** One group's figures, and what they were made from. */
    record Side(Figures figures, Auditor auditor, List<Auditor.Deferred> worklist) {}

    private static final Logger LOG = LoggerFactory.getLogger(CountersDay.class);

    private final Path folder;
    private final int residents;
    private final long seed;
    private final SecureRandom random;
    private final Pace pace = new Pace(System::nanoTime);
    private final List<Scene> scenes = new ArrayList<>();

    /**
     * @param folder empty; everything of the replay is in it
     */
    CountersDay(Path folder, int residents, long seed, SecureRandom random) {
        this.folder = folder;
        this.residents = residents;
        this.seed = seed;
        this.random = random;
    }

    /** Plays it; without a builder with the group alone only. */
    Result play(@Nullable Builder builder) throws IOException, SQLException, InterruptedException {
        long began = pace.now();
        List<Integer> free = FreePorts.some(4);
        var ports = new RegisterServer.Ports(free.get(0), free.get(1), free.get(2));
        Access second = CityCluster.reachable(folder.resolve("city"), free.get(3), SECOND, random);
        if (builder == null) {
            return play(began, ports, free.get(3), null);
        }
        try (SecondFloor secondFloor = builder.build(folder.resolve("floor"), ports, second)) {
            return play(began, ports, free.get(3), secondFloor);
        }
    }

    /** The second floor starts meanwhile; its database and its control process take longest. */
    private Result play(long began, RegisterServer.Ports ports, int port, @Nullable SecondFloor secondFloor)
            throws IOException, SQLException, InterruptedException {
        try (CityCluster cluster = CityCluster.start(folder.resolve("city"), port, random)) {
            Access first = cluster.access(CityCluster.FIRST);
            RegisterDatabase.open(first, Group.contents(residents, random)).close();
            Access second = cluster.copy(CityCluster.FIRST, SECOND);
            Day day = Day.of(residents, POPULATION_SEED, seed);
            try (Group alone = new Group("alone", first, cluster.address(), ANY, random);
                    Group floor = new Group("floor", second, cluster.address(), ports, random)) {
                alone.staff(new Crew(day, alone.primaryAddress(), pace));
                if (secondFloor == null) {
                    return play(began, List.of(alone), null);
                }
                floor.staff(new Crew(day, secondFloor.clerks(), pace));
                return play(began, List.of(alone, floor), secondFloor);
            }
        }
    }

    private Result play(long began, List<Group> groups, @Nullable SecondFloor secondFloor)
            throws IOException, SQLException, InterruptedException {
        groups.getFirst().crew().open();
        if (secondFloor != null) {
            secondFloor.awaitReady();
        }
        LOG.info("prepared after {} s", (pace.now() - began) / 1_000_000_000);
        groups.forEach(group -> group.crew().block());
        long blocked = pace.now();
        if (secondFloor != null) {
            groups.getLast().crew().open();
        }
        groups.forEach(Group::startDay);
        long from = pace.now();
        LOG.info("doors open after {} s", (from - began) / 1_000_000_000);
        long limps = Math.max(from + BEFORE.toNanos(), blocked + BLOCK_BEFORE.toNanos());
        groups.forEach(group -> group.crew().move(limps - MOVE_BEFORE.toNanos()));
        groups.forEach(group -> group.crew().lookForBlocked());
        pace.until(limps);
        scene("Regelbetrieb", LIMPS.minusNanos(limps - from), from, groups, Duration.ZERO);

        groups.forEach(group -> group.fault(Fault.LIMP));
        pace.until(limps + LIMPING.toNanos());
        long dies = scene(
                "Der Speicher lahmt",
                LIMPS,
                limps,
                groups,
                Duration.between(LIMPS, DIES).minus(LIMPING));

        groups.forEach(group -> group.fault(Fault.DEAD));
        groups.forEach(group -> group.crew().moveAgain());
        pace.until(dies + DEAD.toNanos());
        long returns = scene(
                "Der Speicher ist tot",
                DIES,
                dies,
                groups,
                Duration.between(DIES, RETURNS).minus(DEAD));

        groups.forEach(group -> group.fault(Fault.COLD));
        awaitReturn(returns, secondFloor);
        long until = scene("Der Speicher ist kalt zurück", RETURNS, returns, groups, Duration.ZERO);
        return audit(began, groups, secondFloor, new Span(from, limps, until));
    }

    private record Span(long from, long fault, long until) {}

    /** Ends a scene; where hours are skipped, whoever was stuck goes home. The instant is the beginning of the next. */
    private long scene(String name, LocalTime cityTime, long from, List<Group> groups, Duration skipped) {
        long until = pace.now();
        double[] wrong = new double[2];
        if (!skipped.isZero()) {
            for (Group group : groups) {
                wrong[group.name().equals("alone") ? 0 : 1] = group.crew().skip();
            }
        }
        scenes.add(new Scene(name, cityTime, from, until, skipped, new Scene.Share(wrong[0], wrong[1])));
        return until;
    }

    private void awaitReturn(long from, @Nullable SecondFloor secondFloor) throws IOException, InterruptedException {
        long latest = from + LONGEST_RETURN.toNanos();
        pace.until(from + LOOK);
        while (secondFloor != null && pace.now() < latest && !secondFloor.returned()) {
            pace.pause(LOOK);
        }
        if (secondFloor != null) {
            LOG.info("{} s after the storage came back: {}", (pace.now() - from) / 1_000_000_000, secondFloor.said());
        }
        pace.pause(AFTER_RETURN.toNanos());
    }

    private Result audit(long began, List<Group> groups, @Nullable SecondFloor secondFloor, Span span)
            throws IOException, SQLException, InterruptedException {
        var came = groups.stream().map(group -> group.crew().came()).toList();
        groups.forEach(group -> group.crew().close());
        for (Group group : groups) {
            settle(group);
        }
        Side alone = side(groups.getFirst(), List.of(), span, came.getFirst(), null);
        Side floor = null;
        if (secondFloor != null) {
            floor = side(groups.getLast(), secondFloor.worklist(), span, came.getLast(), secondFloor.sidesEqual());
        }
        return new Result(seed, (pace.now() - began) / 1e9, List.copyOf(scenes), alone, floor);
    }

    /** What was sent and still waits in the primary is carried out, whoever sent it. */
    private void settle(Group group) throws InterruptedException {
        group.fault(Fault.OK);
        long latest = pace.now() + LONGEST_SETTLING.toNanos();
        while (group.primary().storage().waiting() > 0 && pace.now() < latest) {
            pace.pause(LOOK);
        }
    }

    private Side side(Group group, List<Auditor.Deferred> worklist, Span span, int came, @Nullable Boolean sidesEqual)
            throws SQLException {
        var auditor = new Auditor(group.crew().diary(), group.recorded(), worklist, span.from(), span.until());
        double lostHours = scenes.stream()
                .mapToDouble(scene -> scene.skippedMinutes() * scene.wentWrong().of(group.name()))
                .sum();
        var outside = new Auditor.Outside(came, lostHours * Clerk.DESKS, sidesEqual);
        return new Side(auditor.figures(span.fault(), outside), auditor, worklist);
    }
}
