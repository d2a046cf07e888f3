package de.doppelboden.bench;

import de.doppelboden.city.replay.Kills;
import de.doppelboden.configuration.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * {@code kill -9} of every process at random points under load; afterwards what people were told is done must be in the primary or on
 * the worklist, and once. In rounds, each with a fresh city and a seed of its own.
 */
final class KillsBench implements Bench {

    private static final int KILLS_A_ROUND = 20;
    private static final int DESKS = 8;
    private static final int RESIDENTS = 10_000;

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public String about() {
        return "operations lost or doubled by kill -9 of every process under load (--kills N)";
    }

    @Override
    public List<Row> run(Ground ground) throws Exception {
        var seeds = new SplittableRandom(ground.seed());
        var results = new ArrayList<Kills.Result>();
        for (int left = ground.options().kills(); left > 0; left -= KILLS_A_ROUND) {
            Path folder = Files.createDirectories(ground.folder().resolve("round-" + results.size()));
            DataFolder.prepare(folder);
            int kills = Math.min(left, KILLS_A_ROUND);
            Kills.Result result = Kills.play(
                    new Kills.Plan(folder, seeds.nextLong(1_000_000_000), kills, DESKS, RESIDENTS), ground::say);
            ground.say(String.format(
                    Locale.ROOT,
                    "round of seed %d: %d acknowledged, lost %s, doubled %s, %s",
                    result.seed(),
                    result.acknowledged(),
                    result.lost(),
                    result.doubled(),
                    result.home() ? "home" : "not home"));
            results.add(result);
        }
        return rows(results);
    }

    static List<Row> rows(List<Kills.Result> results) {
        var rows = new ArrayList<Row>();
        rows.add(none("acknowledged and nowhere", sum(results, r -> r.lost().size())));
        rows.add(none("done more than once", sum(results, r -> r.doubled().size())));
        rows.add(none("rounds that did not come home", sum(results, r -> r.home() ? 0 : 1)));
        rows.add(new Row("acknowledged", "forms", sum(results, Kills.Result::acknowledged)));
        rows.add(new Row("on the worklist", "forms", sum(results, Kills.Result::worklist)));
        Map<Kills.Victim, Integer> killed = new EnumMap<>(Kills.Victim.class);
        results.forEach(result -> result.killed().forEach(one -> killed.merge(one.victim(), 1, Integer::sum)));
        killed.forEach((victim, count) ->
                rows.add(new Row("kills of " + victim.name().toLowerCase(Locale.ROOT), "", count)));
        return rows;
    }

    private static Row none(String name, int count) {
        return new Row(name, "", count).against(Target.atMost(0, 0));
    }

    private static int sum(List<Kills.Result> results, ToIntFunction<Kills.Result> figure) {
        return results.stream().mapToInt(figure).sum();
    }
}
