package de.doppelboden.city.replay;

import de.doppelboden.city.people.Diary;
import de.doppelboden.city.people.Errands;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.people.Rush;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Kills real processes ({@code kill -9}) at random points while clerks work in a hurry, and compares afterwards what they were told with
 * what the primary and the worklist hold. The seed decides who is killed when; what is under way at that moment is real.
 */
public final class Kills {

    /** Who is killed. */
    public enum Victim {
        GATEWAY,
        CONTROL,
        DATABASE,
        PRIMARY,
        SUPERVISOR
    }

    /**
     * How much of it.
     *
     * @param folder empty; everything is in it
     * @param kills at least one of each victim for every five
     */
    public record Plan(Path folder, long seed, int kills, int desks, int residents) {}

    /** One kill. */
    public record Killed(Victim victim, long pid) {}

    /**
     * What came of it.
     *
     * @param acknowledged forms of which somebody was told that they are done
     * @param lost those that are neither in the primary nor on the worklist
     * @param doubled cases in the primary more often than forms were sent for them, or in the primary and on the worklist as well
     * @param home whether at the end the primary served and nothing waited for it
     */
    public record Result(
            long seed,
            List<Killed> killed,
            int acknowledged,
            List<String> lost,
            List<String> doubled,
            int worklist,
            boolean home,
            double wallSeconds) {}

    private static final long POPULATION_SEED = 1; // of every model city
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration UP = Duration.ofSeconds(30);
    private static final Duration WORK = Duration.ofSeconds(10);
    private static final Duration HOME = Duration.ofSeconds(60);
    private static final long LEAST_WORK = Duration.ofMillis(150).toNanos();
    private static final long MOST_WORK = Duration.ofMillis(1_500).toNanos();
    private static final long MOST_WITHOUT_SUPERVISOR = Duration.ofMillis(1_000).toNanos();

    /** One in so many kills does not wait until what was killed before is back. */
    private static final int OVERLAP = 4;

    private final Plan plan;
    private final Consumer<String> tell;
    private final Pace pace = new Pace(System::nanoTime);
    private final SplittableRandom random;
    private final List<Killed> killed = new ArrayList<>();

    private Kills(Plan plan, Consumer<String> tell) {
        this.plan = plan;
        this.tell = tell;
        this.random = new SplittableRandom(plan.seed());
    }

    /** @param tell gets a line about each kill */
    public static Result play(Plan plan, Consumer<String> tell) throws IOException, SQLException, InterruptedException {
        return new Kills(plan, tell).play();
    }

    private Result play() throws IOException, SQLException, InterruptedException {
        long began = pace.now();
        try (KilledCity city = new KilledCity(plan.folder(), plan.residents(), pace)) {
            city.start();
            if (!city.awaitHome(READY)) {
                throw new IOException("the city did not start; what it said is in " + city.log());
            }
            Diary diary;
            var errands = new Errands(plan.residents(), POPULATION_SEED, plan.seed());
            try (Rush rush = new Rush(errands, plan.desks(), city.clerks(), pace, plan.seed())) {
                diary = rush.diary();
                for (Victim victim : order()) {
                    kill(city, diary, victim);
                }
                city.awaitUp(UP);
                pace.pause(MOST_WORK);
            }
            boolean home = bringHome(city);
            var worklist = Waiting.of(city.configuration(), KilledCity.SERVICE);
            var audit = new KillAudit(diary, Recorded.read(city.primary()).orders(), worklist);
            return new Result(
                    plan.seed(),
                    List.copyOf(killed),
                    audit.acknowledged().size(),
                    audit.lost(),
                    audit.doubled(),
                    worklist.size(),
                    home,
                    (pace.now() - began) / 1e9);
        }
    }

    /** What an operator does when a primary that kept dying is well: its failed returns are not held against it any longer. */
    private boolean bringHome(KilledCity city) throws InterruptedException {
        if (lifted(city) && city.awaitHome(HOME)) {
            return true;
        }
        tell.accept("not home after " + HOME.toSeconds() + " s: "
                + city.status().map(JsonNode::toString).orElse("the gateway does not answer"));
        return false;
    }

    /** A supervisor that has just been started again ends first what the killed one left running. */
    private boolean lifted(KilledCity city) throws InterruptedException {
        long latest = pace.now() + UP.toNanos();
        while (pace.now() < latest) {
            try {
                Typed.command(
                        "lift-return-bound",
                        KilledCity.SERVICE,
                        "--reason",
                        "the kills are over",
                        "--config",
                        city.configuration().toString());
                return true;
            } catch (IOException notNow) {
                tell.accept(notNow.getMessage());
                pace.pause(MOST_WORK);
            }
        }
        return false;
    }

    /** Something is done between two kills, else there would be nothing to lose. */
    private void awaitWork(Diary diary) throws InterruptedException {
        int before = diary.acknowledged().size();
        long latest = pace.now() + WORK.toNanos();
        while (diary.acknowledged().size() < before + 2 && pace.now() < latest) {
            pace.pause(LEAST_WORK);
        }
    }

    /** Everybody in turn, each turn in an order of its own. */
    private List<Victim> order() {
        var order = new ArrayList<Victim>();
        while (order.size() < plan.kills()) {
            var turn = new ArrayList<>(List.of(Victim.values()));
            while (!turn.isEmpty()) {
                order.add(turn.remove(random.nextInt(turn.size())));
            }
        }
        return order.subList(0, plan.kills());
    }

    private void kill(KilledCity city, Diary diary, Victim victim) throws IOException, InterruptedException {
        if (random.nextInt(OVERLAP) > 0 && !city.awaitUp(UP)) {
            tell.accept("not everything is up " + UP.toSeconds() + " s after the last kill");
        }
        awaitWork(diary);
        pace.pause(random.nextLong(LEAST_WORK, MOST_WORK));
        Optional<ProcessHandle> process = city.process(victim);
        process.ifPresent(ProcessHandle::destroyForcibly);
        process.ifPresent(handle -> killed.add(new Killed(victim, handle.pid())));
        tell.accept(process.map(handle -> "killed " + victim + " " + handle.pid())
                .orElse(victim + " was not there to be killed"));
        if (victim == Victim.SUPERVISOR) {
            pace.pause(random.nextLong(MOST_WITHOUT_SUPERVISOR));
            city.start();
        }
    }
}
