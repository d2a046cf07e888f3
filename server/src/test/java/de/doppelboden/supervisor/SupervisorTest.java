package de.doppelboden.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.doppelboden.configuration.DataSize;
import de.doppelboden.configuration.ProcessSettings;
import de.doppelboden.database.EmbeddedPostgresFixture;
import de.doppelboden.database.EmbeddedSettings;
import de.doppelboden.database.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    private static final ProcessSettings SETTINGS = new ProcessSettings(
            DataSize.parse("64MB"), DataSize.parse("64MB"), DataSize.parse("64KB"), 3, Duration.ofSeconds(2));
    private static final String POLITE = "trap 'echo bye; exit 0' TERM; echo started; while :; do sleep 0.1; done";

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = EmbeddedPostgresFixture.folder("supervisor");
    }

    @AfterEach
    void clean() {
        EmbeddedPostgresFixture.delete(folder);
    }

    @Test
    void startsAgainWhatWasKilled() throws Exception {
        try (Supervisor supervisor = start(shell("worker", POLITE))) {
            assertThat(supervisor.awaitReady(Duration.ofSeconds(10))).isEmpty();
            long first = pid("worker");

            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(3)).ignoreExceptions().until(() -> pid("worker") != first);
            assertThat(supervisor.awaitReady(Duration.ofSeconds(5))).isEmpty();
        }
    }

    @Test
    void waitsLongerBeforeEachStartOfWhatKeepsDying() throws Exception {
        try (Supervisor supervisor = start(shell("broken", "echo died; exit 3"))) {
            await().atMost(Duration.ofSeconds(10)).until(() -> deaths() >= 3);

            assertThat(deaths()).isLessThan(20);
            assertThat(supervisor.awaitReady(Duration.ofMillis(300))).isNotEmpty();
        }
    }

    @Test
    void endsPoliteAndStubbornProgramsWhenItIsClosed() throws Exception {
        long polite;
        long stubborn;
        try (Supervisor supervisor =
                start(shell("polite", POLITE), shell("stubborn", "trap '' TERM; while :; do sleep 0.1; done"))) {
            supervisor.awaitReady(Duration.ofSeconds(5));
            await().until(() -> log("polite").contains("started"));
            polite = pid("polite");
            stubborn = pid("stubborn");
        }

        assertThat(ProcessHandle.of(polite)).isEmpty();
        assertThat(ProcessHandle.of(stubborn)).isEmpty();
        assertThat(log("polite")).contains("bye");
    }

    @Test
    void endsWhatAKilledSupervisorLeftBehindAndLeavesStrangersAlone() throws Exception {
        Process orphan = new ProcessBuilder("sleep", "600").start();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        Files.createDirectories(folder.resolve("data/run"));
        new PidFile(folder.resolve("data/run/worker.pid")).write(orphan.toHandle());
        Files.writeString(folder.resolve("data/run/other.pid"), stranger.pid() + "\n" + "2001-01-01T00:00:00Z" + "\n");

        try (Supervisor supervisor = start(shell("worker", POLITE), shell("other", POLITE))) {
            assertThat(supervisor.awaitReady(Duration.ofSeconds(5))).isEmpty();

            assertThat(orphan.isAlive()).isFalse();
            assertThat(stranger.isAlive()).isTrue();
        }
        stranger.destroy();
    }

    @Test
    void takesAProcessWhoseEndNobodyHasAskedForAsEnded() throws Exception {
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 600 & echo $!; exec sleep 601").start();
        long pid = Long.parseLong(parent.inputReader().readLine());
        ProcessHandle orphan = ProcessHandle.of(pid).orElseThrow();
        Files.createDirectories(folder.resolve("data/run"));
        new PidFile(folder.resolve("data/run/worker.pid")).write(orphan);
        await().until(() -> !parent.info().commandLine().orElse("echo").contains("echo")); // a shell would ask

        orphan.destroyForcibly(); // the parent does not ask, as the first process of many containers
        await().until(() -> !Running.is(orphan));

        assertThat(orphan.isAlive()).as("it is a zombie").isTrue();
        assertThat(new PidFile(folder.resolve("data/run/worker.pid")).child()).isEmpty();
        parent.destroyForcibly();
    }

    @Test
    void isAloneOnItsDataFolder() throws Exception {
        try (Supervisor _ = start(shell("worker", POLITE))) {
            assertThatThrownBy(() -> start(shell("worker", POLITE)))
                    .isInstanceOf(Supervisor.AlreadyRunning.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        try (Supervisor again = start(shell("worker", POLITE))) {
            assertThat(again.awaitReady(Duration.ofSeconds(5))).isEmpty();
        }
    }

    @Test
    void bringsBackAKilledDatabaseAndStopsItWithTheRest() throws Exception {
        EmbeddedSettings database = EmbeddedPostgresFixture.settings(folder.resolve("data"));
        Supervisor.Plan plan = new Supervisor.Plan(
                folder.resolve("data"),
                SETTINGS,
                Optional.of(new Supervisor.Source.Embedded(database)),
                List.of(shell("worker", POLITE)));
        Path postmaster = folder.resolve("data/pg/cluster/postmaster.pid");
        ProcessHandle second;
        try (Supervisor supervisor = Supervisor.start(plan, new SecureRandom(), System::nanoTime)) {
            assertThat(supervisor.awaitReady(Duration.ofSeconds(60))).isEmpty();
            ProcessHandle first = server(postmaster);

            first.destroyForcibly();

            await().atMost(Duration.ofSeconds(20)).until(() -> !first.isAlive());
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> server(postmaster).pid() != first.pid());
            assertThat(supervisor.awaitReady(Duration.ofSeconds(20))).isEmpty();
            second = server(postmaster);
        }
        assertThat(second.isAlive()).isFalse();
        assertThat(postmaster).doesNotExist();
    }

    @Test
    void boundsTheLogs() throws Exception {
        LogFiles logs = new LogFiles(folder, 1_000, 3);
        for (int i = 0; i < 6; i++) {
            Files.writeString(logs.of("talker"), ("line " + i + "\n").repeat(300));
            logs.rotate("talker");
        }

        assertThat(Files.size(logs.of("talker"))).isZero();
        assertThat(folder.resolve("talker.log.1")).content().startsWith("line 5");
        assertThat(folder.resolve("talker.log.2")).content().startsWith("line 4");
        assertThat(folder.resolve("talker.log.3")).doesNotExist();
    }

    private Supervisor start(Program... programs) throws Exception {
        return Supervisor.start(
                new Supervisor.Plan(folder.resolve("data"), SETTINGS, Optional.empty(), List.of(programs)),
                new SecureRandom(),
                System::nanoTime);
    }

    private static Program shell(String name, String script) {
        return new Program(name, List.of("/bin/sh", "-c", script), Map.of(), Optional.empty());
    }

    @Test
    void isKnownByItsFolderUntilItIsClosed() throws Exception {
        try (Supervisor supervisor = start(shell("worker", POLITE))) {
            supervisor.awaitReady(Duration.ofSeconds(5));

            assertThat(Supervisor.of(folder.resolve("data"))).contains(ProcessHandle.current());
        }
        assertThat(Supervisor.of(folder.resolve("data"))).isEmpty();
    }

    private long pid(String name) throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("data/run/" + name + ".pid")).getFirst());
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve("data/log/" + name + ".log"));
    }

    private long deaths() throws IOException {
        return log("broken").lines().filter("died"::equals).count();
    }

    private static ProcessHandle server(Path postmaster) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster).getFirst()))
                .orElseThrow();
    }
}
