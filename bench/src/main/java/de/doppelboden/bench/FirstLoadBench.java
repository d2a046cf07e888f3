package de.doppelboden.bench;

import de.doppelboden.city.replay.Stage;
import java.nio.file.Files;
import java.util.List;

/** The first copy of a city of 1.9 million, and what searches take at that size, on the standby after an ordered failover. */
final class FirstLoadBench implements Bench {

    private static final int RESIDENTS = 1_900_000;
    private static final Stage.Setting CITY = new Stage.Setting(RESIDENTS, 2_000);
    private static final int CLERKS = 20;
    private static final double PER_SECOND = 20;
    private static final double WARM_SECONDS = 20;
    private static final double SECONDS = 30;

    @Override
    public String name() {
        return "firstload";
    }

    @Override
    public String about() {
        return "first copy of a register of 1.9 million, and pages at that size";
    }

    @Override
    public List<Row> run(Ground ground) throws Exception {
        ground.say("the city makes " + RESIDENTS + " residents; that takes some minutes ...");
        Files.createDirectories(ground.folder());
        try (Stage stage = Stage.start(ground.folder(), CITY, ground.pace(), ground.random())) {
            ground.say("the first copy took " + stage.firstLoad().toMillis() + " ms");
            Pages pages = Pages.of(stage.clerks(), CLERKS, RESIDENTS, ground.seed());
            stage.failOver("to be measured");
            OpenLoad.play(ground.pace(), OpenLoad.poisson(PER_SECOND, WARM_SECONDS, ground.seed()), pages);
            var results = OpenLoad.play(ground.pace(), OpenLoad.poisson(PER_SECOND, SECONDS, ground.seed() + 1), pages);
            return List.of(
                    new Row("first copy of 1.9 million", "s", stage.firstLoad().toMillis() / 1e3)
                            .against(Target.atMost(120, 120)),
                    new Row(
                            "page at 20/s from the instant, p50",
                            "ms",
                            OpenLoad.millis(results).at(0.5)),
                    new Row(
                            "page at 20/s from the instant, p95",
                            "ms",
                            OpenLoad.millis(results).at(0.95)),
                    new Row("bad of " + results.size(), "", OpenLoad.bad(results)));
        }
    }
}
