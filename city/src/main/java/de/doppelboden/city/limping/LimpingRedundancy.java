package de.doppelboden.city.limping;

import de.doppelboden.city.peer.PeerMissing;
import de.doppelboden.city.peer.Programs;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.replay.Outage;
import de.doppelboden.city.webapp.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The redundant system whose performance collapsed so far that in effect it was out, as the central storage of Hamburg in September 2019:
 * a web application with a primary and a healthy standby, whose primary still answers its health URL and any single request. Each group
 * has both sides; what stands between them and the people is HAProxy, HAProxy tuned, and the product.
 */
public final class LimpingRedundancy {

    static final String NAME = "limping-redundancy";

    public static final Outage OUTAGE = new Outage(
            NAME,
            setting -> new LimpingRedundancy(
                            setting.folder(), Plan.of(setting.seed()), setting.alone(), InstantSource.system())
                    .play());

    private static final Logger LOG = LoggerFactory.getLogger(LimpingRedundancy.class);

    /** Before anything counts: programs and connections get warm, and the classes of requests are found. */
    private static final double WARM_SECONDS = 8;

    private static final int WARM_PEOPLE = 1_000_000;
    private static final double LONGEST_RETURN_SECONDS = 60;
    private static final double AFTERWARDS_SECONDS = 5;
    private static final long LOOK = Duration.ofMillis(200).toNanos();

    private final Path folder;
    private final Plan plan;
    private final boolean alone;
    private final InstantSource time;
    private final Pace pace = new Pace(System::nanoTime);
    private final Side.Clock clock = new Side.Clock(pace);

    /**
     * @param folder empty; everything of the replay is in it
     * @param alone without the product
     */
    LimpingRedundancy(Path folder, Plan plan, boolean alone, InstantSource time) {
        this.folder = folder;
        this.plan = plan;
        this.alone = alone;
        this.time = time;
    }

    Collapse play() throws IOException, InterruptedException, PeerMissing {
        long began = pace.now();
        Path haproxy = Programs.need("haproxy", "haproxy");
        try (Group plain = new Group("haproxy", plan, pace, clock, peer(haproxy, "haproxy"));
                Group tuned = new Group("haproxyTuned", plan, pace, clock, peer(haproxy, "haproxy-tuned"))) {
            if (alone) {
                return play(began, List.of(plain, tuned));
            }
            try (Group floor = new Group("floor", plan, pace, clock, this::floor)) {
                return play(began, List.of(plain, tuned, floor));
            }
        }
    }

    private Group.Starter peer(Path haproxy, String template) {
        return (primary, standby) -> Front.Haproxy.start(
                haproxy, "peer/" + template + ".cfg", folder.resolve(template), primary, standby, pace);
    }

    private Front floor(int primary, int standby) throws IOException, InterruptedException {
        return Front.Floor.start(folder.resolve("floor"), primary, standby, time);
    }

    private Collapse play(long began, List<Group> groups) throws IOException, InterruptedException {
        Front last = groups.getLast().front();
        if (last instanceof Front.Floor floor) {
            floor.product().awaitRunning();
        }
        LOG.info("prepared after {} s", (pace.now() - began) / 1_000_000_000);
        warmUp(groups);
        clock.start();
        long zero = pace.now();
        Instant opened = time.instant();
        groups.forEach(Group::startDay);
        double until = come(groups);
        for (Group group : groups) {
            group.endDay();
        }
        var sides = new ArrayList<Account>();
        for (Group group : groups) {
            sides.add(Account.of(group, plan, zero));
        }
        List<Front.Floor.Decided> decided = last instanceof Front.Floor floor ? floor.decided() : List.of();
        return new Collapse(plan, (pace.now() - began) / 1e9, until, opened, List.copyOf(sides), decided);
    }

    private void warmUp(List<Group> groups) throws InterruptedException {
        long step = (long) (1e9 / plan.peoplePerSecond());
        long from = pace.now();
        for (int person = 0; person * step < WARM_SECONDS * 1e9; person++) {
            pace.until(from + person * step);
            int number = WARM_PEOPLE + person;
            groups.forEach(group -> group.receive(number));
        }
        pace.pause((long) (AFTERWARDS_SECONDS * 1e9));
    }

    /** The same people come to each group at the same instants, until a while after everybody is served by the primary again. */
    private double come(List<Group> groups) throws InterruptedException {
        var random = new SplittableRandom(plan.seed());
        double end = plan.well() + LONGEST_RETURN_SECONDS;
        boolean back = false;
        double second = 0;
        for (int person = 0; second < end; person++) {
            int number = person;
            clock.until(second);
            groups.forEach(group -> group.receive(number));
            if (!back && second > plan.well() && groups.stream().allMatch(group -> group.back(plan.well()))) {
                back = true;
                end = Math.min(end, second + AFTERWARDS_SECONDS);
            }
            second += -Math.log(1 - random.nextDouble()) / plan.peoplePerSecond();
        }
        return second;
    }
}
