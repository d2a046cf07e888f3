package de.doppelboden.webapp.gate;

import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.database.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A web application between two sides, for each test anew; its gateway begins when the test has said how it is configured. */
final class RunningApp implements BeforeEachCallback, AfterEachCallback {

    static final String[] SHARED = {"state: shared", "equivalent: true"};

    final AppSides sides;
    final Path folder;
    private final TestDatabase database;
    private @Nullable AppFixture gate;

    RunningApp(TestDatabase database) {
        this.database = database;
        try {
            this.folder = Files.createTempDirectory("app");
            this.sides = new AppSides();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** With what a gateway keeps there. */
    static TestDatabase database() {
        return TestDatabase.with("evidence", "identity", "cycle");
    }

    AppFixture gate() {
        return Objects.requireNonNull(gate, "not started yet");
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        database.database().transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("truncate cycle.ownership, cycle.gateway, cycle.traffic");
                return 0;
            }
        });
    }

    /** @param more keys of the service, a line each */
    void start(String... more) throws Exception {
        before(sides.port(Side.PRIMARY), sides.port(Side.STANDBY), more);
        for (int i = 0; i < 20; i++) {
            gate().get("/app/mail");
            gate().post("/app/mail");
        }
    }

    /** Before other sides than ours. */
    void before(int primary, int standby, String... more) throws Exception {
        gate = new AppFixture(primary, standby, database.database(), folder, more);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> gate().portal.cycle().evidence().doubts().isEmpty());
    }

    void onStandby() throws Exception {
        sides.primary().kill();
        gate().crowd(20, "/app/mail");
        await().atMost(Duration.ofSeconds(10)).until(() -> gate().state() == State.ON_STANDBY);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (gate != null) {
            gate.close();
        }
        sides.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
