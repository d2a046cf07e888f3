package de.doppelboden.bench;

import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.simulation.webapp.Detection;
import de.doppelboden.continuity.simulation.webapp.Detection.Illness;
import de.doppelboden.continuity.simulation.webapp.FalseSwitches;
import de.doppelboden.continuity.simulation.webapp.FalseSwitches.Count;
import de.doppelboden.continuity.simulation.webapp.FalseSwitches.Plan;
import de.doppelboden.continuity.simulation.webapp.PoissonBound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Proves the decision rules in simulated time: how often users are moved for nothing, and how soon from a side that is ill.
 *
 * <p>A year of service is taken to have a trouble of each kind every day; what it would be if each came every hour, which hardly
 * any city has, is told beside it. Only the troubles and what comes shortly after them are
 * played: in the quiet between them there is chance alone, and how often that moves users is measured with a judge that may do so
 * every ten seconds (the chance of a sum of log likelihood ratios to reach a threshold falls at least as {@code e^-threshold}).
 */
final class RulesBench implements Bench {

    private static final double CONFIDENCE = 0.95;
    private static final double DAYS_OF_A_YEAR = 365.25;
    private static final double HOURS_OF_A_DAY = 24;
    private static final double HOURS_OF_A_YEAR = DAYS_OF_A_YEAR * HOURS_OF_A_DAY;

    /** Each kind once a day. */
    private static final double TROUBLES_OF_A_YEAR = DAYS_OF_A_YEAR * FalseSwitches.Trouble.values().length;

    private static final double QUIET_SECONDS = 4;
    private static final double CHUNK_SECONDS = 3_600;
    private static final Duration ALLOWED_EVERY = Duration.ofSeconds(10);
    private static final int PARALLEL = 64;

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public String about() {
        return "needless moves of users in simulated years, and how soon a side that is ill is left; --years, --runs, --rates";
    }

    @Override
    public List<Row> run(Ground ground) {
        var rows = new ArrayList<Row>();
        for (double rate : ground.options().rates()) {
            rows.addAll(falseSwitches(ground, rate));
        }
        rows.add(byChance(ground));
        rows.add(exhausted(ground));
        var busy = new Detection.Use(200, 1, 20, 30);
        rows.addAll(detection(ground, Illness.FAILS_ONE_IN_FIVE, busy, "fails 20 %, 200/s", 1));
        rows.addAll(detection(ground, Illness.FAILS_ONE_IN_TWENTY, busy, "fails 5 %, 200/s", 6));
        rows.addAll(detection(ground, Illness.HANGS, busy, "hangs, 200/s", 1));
        var seldom = new Detection.Use(1 / 60.0, 10, 1_200, 120);
        rows.addAll(detection(ground, Illness.HANGS, seldom, "hangs, used once a minute", 30));
        rows.addAll(detection(ground, Illness.REFUSES, seldom, "refuses, used once a minute", 30));
        return rows;
    }

    /** Places enough for the usual and the tenfold, but for bursts at the highest rate a server has to work them off. */
    private static int slots(double rate) {
        return rate >= 100 ? 64 : 200;
    }

    private static List<Row> falseSwitches(Ground ground, double rate) {
        var wanted = ground.options().years() * TROUBLES_OF_A_YEAR;
        var plan = Plan.of(rate, QUIET_SECONDS, slots(rate));
        var count = Count.NOTHING;
        var seed = first(ground, rate);
        while (count.troubles() < wanted) {
            var from = seed;
            count = count.and(LongStream.range(from, from + PARALLEL)
                    .parallel()
                    .mapToObj(each -> FalseSwitches.count(each, plan, CHUNK_SECONDS))
                    .reduce(Count.NOTHING, Count::and));
            seed += PARALLEL;
            ground.say(String.format(
                    Locale.ROOT,
                    "%s requests a second: %d troubles, %d needless moves %s %s",
                    rate,
                    count.troubles(),
                    count.switches(),
                    count.after(),
                    count.sentence()));
        }
        var years = count.troubles() / TROUBLES_OF_A_YEAR;
        long byLuck = count.after().getOrDefault(FalseSwitches.Trouble.COMMON_FAILURES, 0L);
        long others = count.switches() - byLuck;
        var at = " at " + rate + "/s";
        return List.of(
                new Row("needless moves seen" + at, "moves", others),
                new Row("simulated" + at, "years", years),
                new Row(
                                "needless moves a year" + at + ", at most (95 %)",
                                "1/a",
                                PoissonBound.atMost(others, CONFIDENCE) / years)
                        .against(Target.atMost(1, 1)),
                new Row(
                        "the same if each trouble came every hour" + at,
                        "1/a",
                        PoissonBound.atMost(others, CONFIDENCE) / years * HOURS_OF_A_DAY),
                new Row(
                        "the same after shared failures, each day" + at + ", at most (95 %)",
                        "1/a",
                        PoissonBound.atMost(byLuck, CONFIDENCE) / years));
    }

    private static Row byChance(Ground ground) {
        var usual = JudgeSettings.DEFAULT;
        var eager = new JudgeSettings(ALLOWED_EVERY, usual.span(), usual.fresh(), usual.tick(), usual.history());
        var plan = Plan.of(200, QUIET_SECONDS, 64).quietly().judgedBy(eager);
        var hours = 4;
        var from = first(ground, 0);
        var count = LongStream.range(from, from + hours)
                .parallel()
                .mapToObj(each -> FalseSwitches.count(each, plan, CHUNK_SECONDS))
                .reduce(Count.NOTHING, Count::and);
        var seldomer =
                (double) ALLOWED_EVERY.toSeconds() / usual.falseSwitchEvery().toSeconds();
        var eagerly = PoissonBound.atMost(count.switches(), CONFIDENCE) / hours * HOURS_OF_A_YEAR;
        return new Row("by chance alone at 200/s, at most (95 %)", "1/a", eagerly * seldomer)
                .against(Target.atMost(0.1, 0.1));
    }

    /** No promise: a shared cause that takes all places of the busy side looks like its own illness. */
    private static Row exhausted(Ground ground) {
        var plan = Plan.of(200, QUIET_SECONDS, 16).exhausted();
        var from = first(ground, -1);
        var count = LongStream.range(from, from + 8)
                .parallel()
                .mapToObj(each -> FalseSwitches.count(each, plan, CHUNK_SECONDS / 4))
                .reduce(Count.NOTHING, Count::and);
        return new Row(
                "moves when a shared cause takes all places",
                "of 100 troubles",
                100.0 * count.switches() / count.troubles());
    }

    private static List<Row> detection(Ground ground, Illness illness, Detection.Use use, String name, double seconds) {
        var from = first(ground, illness.ordinal() + 1000);
        var times = LongStream.range(from, from + ground.options().runs())
                .parallel()
                .mapToObj(seed -> Detection.secondsUntilLeft(seed, illness, use))
                .toList();
        var quantiles = Quantiles.of(times);
        return List.of(
                new Row(name + ": left after, median", "s", quantiles.at(0.5)).against(Target.atMost(seconds, seconds)),
                new Row(name + ": left after, p95", "s", quantiles.at(0.95)));
    }

    /** Each measurement has seeds of its own. */
    private static long first(Ground ground, double what) {
        return ground.seed() * 1_000_000_000L + Math.round(what * 1_000) * 1_000_000L;
    }
}
