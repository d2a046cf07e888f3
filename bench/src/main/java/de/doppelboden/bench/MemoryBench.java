package de.doppelboden.bench;

import de.doppelboden.city.fault.Fault;
import de.doppelboden.city.people.Crew;
import de.doppelboden.city.replay.Stage;
import java.time.Duration;
import java.util.List;

/** What the processes hold in memory, quiet after a day as the replay has it: work on the primary, a limping storage, return. */
final class MemoryBench implements Bench {

    private static final Stage.Setting CITY = new Stage.Setting(30_000, 400);
    private static final double NORMAL_SECONDS = 20;
    private static final double LIMPING_SECONDS = 60;
    private static final double AFTER_SECONDS = 20;
    private static final double IDLE_SECONDS = 30;
    private static final Duration RETURN = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String about() {
        return "resident memory of gateway and control process, idle after a replay's load";
    }

    @Override
    public List<Row> run(Ground ground) throws Exception {
        try (Stage stage = Stage.start(ground.folder(), CITY, ground.pace(), ground.random())) {
            try (Crew people = stage.crew(ground.seed())) {
                ground.say("170 clerks log in ...");
                people.open();
                people.start();
                ground.say("they work; the storage limps, and comes back ...");
                ground.pauseSeconds(NORMAL_SECONDS);
                stage.fault(Fault.LIMP);
                stage.awaitStandby();
                ground.pauseSeconds(LIMPING_SECONDS);
                stage.fault(Fault.COLD);
                if (!stage.awaitReturn(RETURN)) {
                    throw new IllegalStateException("the primary does not serve again: " + stage.said());
                }
                ground.pauseSeconds(AFTER_SECONDS);
            }
            ground.say("quiet ...");
            ground.pauseSeconds(IDLE_SECONDS);
            return List.of(
                    new Row("gateway", "MB", ProcessFigures.residentMegabytes(stage.gateway()))
                            .against(Target.atMost(180, 110)),
                    new Row("control process", "MB", ProcessFigures.residentMegabytes(stage.control()))
                            .against(Target.atMost(350, 250)));
        }
    }
}
