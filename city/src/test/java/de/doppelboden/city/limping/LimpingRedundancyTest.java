package de.doppelboden.city.limping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import de.doppelboden.city.peer.Programs;
import de.doppelboden.database.EmbeddedPostgresFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A short collapse; how long anything took is for the command to say. */
class LimpingRedundancyTest {

    private static final Plan SHORT = new Plan(20_190_924, 26, 4, 13, 0.03);

    private Path folder;
    private boolean well;

    @BeforeEach
    void make() throws IOException {
        folder = EmbeddedPostgresFixture.folder("limping");
    }

    /** The logs of a failure are kept. */
    @AfterEach
    void clean() {
        if (well) {
            EmbeddedPostgresFixture.delete(folder);
        }
    }

    @Test
    void haproxyStaysUnderAGreenCheckWhereUsersAreMovedAndNoFormIsLost() throws Exception {
        assumeThat(Programs.find("haproxy"))
                .as("HAProxy is not installed (Debian: apt install haproxy)")
                .isPresent();
        Path report = folder.resolve("report.html");

        Collapse collapse = new LimpingRedundancy(folder, SHORT, false, InstantSource.system()).play();
        collapse.report(report);

        collapse.lines().forEach(System.out::println);
        Account floor = collapse.floor().orElseThrow();
        assertThat(collapse.haproxy().left()).isEmpty();
        assertThat(collapse.haproxy().standby()).isEmpty();
        assertThat(floor.left()).isPresent();
        assertThat(floor.healthGreen(floor.left().getAsDouble())).isTrue();
        assertThat(floor.standby()).isNotEmpty();
        assertThat(floor.acknowledged()).isPositive();
        assertThat(floor.lost()).isZero();
        assertThat(floor.doubled()).isZero();
        assertThat(floor.contradicted()).isZero();
        assertThat(collapse.json().path("groups").propertyNames()).containsExactly("haproxy", "haproxyTuned", "floor");
        assertThat(Files.readString(report))
                .contains("Der Regelbetrieb lässt warten")
                .doesNotContain("{{");
        well = true;
    }
}
