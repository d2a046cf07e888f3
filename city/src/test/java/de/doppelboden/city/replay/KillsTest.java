package de.doppelboden.city.replay;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.city.replay.Kills.Killed;
import de.doppelboden.city.replay.Kills.Victim;
import de.doppelboden.database.EmbeddedPostgresFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Few kills, so that every test run has some; `bench kills` has many. */
class KillsTest {

    /** So many that the moves of a rush are no mass change, at which the feed would ask. */
    private static final int RESIDENTS = 5_000;

    private Path folder;
    private boolean well;

    @BeforeEach
    void make() throws IOException {
        folder = EmbeddedPostgresFixture.folder("kills");
    }

    /** The logs of a failure are kept. */
    @AfterEach
    void clean() {
        if (well) {
            EmbeddedPostgresFixture.delete(folder);
        }
    }

    @Test
    void whatWasAcknowledgedIsThereOnceWhoeverIsKilled() throws Exception {
        long seed = Long.getLong("seed", 20_190_924);

        Kills.Result result = Kills.play(
                new Kills.Plan(folder, seed, 5, 6, RESIDENTS),
                line -> System.out.println(folder + ", seed " + seed + ": " + line));

        System.out.println(result);
        assertThat(result.killed()).extracting(Killed::victim).contains(Victim.values());
        assertThat(result.acknowledged()).isGreaterThan(5);
        assertThat(result.lost()).isEmpty();
        assertThat(result.doubled()).isEmpty();
        assertThat(result.home()).isTrue();
        assertThat(leftOver()).isEmpty();
        well = true;
    }

    private Stream<ProcessHandle> leftOver() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()));
    }
}
