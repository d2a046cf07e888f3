package de.doppelboden.webapp.gate;

import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.State;
import de.doppelboden.database.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A web application between two sides, for each test anew. */
abstract class AppTest {

    static final String[] SHARED = {"state: shared", "equivalent: true"};

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle");

    @TempDir
    Path data;

    AppSides sides;

    AppFixture gate;

    @BeforeEach
    void begin() throws Exception {
        DATABASE.database().transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("truncate cycle.ownership, cycle.gateway, cycle.traffic");
                return 0;
            }
        });
        sides = new AppSides();
    }

    @AfterEach
    void end() {
        gate.close();
        sides.close();
    }

    final void start(String... more) throws Exception {
        gate = new AppFixture(sides, DATABASE.database(), data, more);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> gate.portal.cycle().evidence().doubts().isEmpty());
        for (int i = 0; i < 20; i++) {
            gate.get("/app/mail");
            gate.post("/app/mail");
        }
    }

    final void onStandby() throws Exception {
        sides.primary().kill();
        gate.crowd(20, "/app/mail");
        await().atMost(Duration.ofSeconds(10)).until(() -> gate.state() == State.ON_STANDBY);
    }
}
