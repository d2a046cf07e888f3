package de.doppelboden.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.database.Database;
import de.doppelboden.database.EmbeddedPostgres;
import de.doppelboden.database.EmbeddedPostgresFixture;
import de.doppelboden.database.EmbeddedSettings;
import de.doppelboden.database.Migrations;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log while its server is killed and comes back. */
class DatabaseAwayTest {

    private static Path folder;
    private static EmbeddedSettings settings;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        folder = EmbeddedPostgresFixture.folder("away");
        settings = EmbeddedPostgresFixture.settings(folder);
        postgres = EmbeddedPostgres.start(settings, new SecureRandom());
        try (Database database = Database.open(postgres.access(), "migrate", 2, Duration.ofSeconds(30))) {
            Migrations.migrate(database.dataSource(), List.of("evidence"));
        }
    }

    @AfterAll
    static void stop() {
        postgres.close();
        EmbeddedPostgresFixture.delete(folder);
    }

    @Test
    void keepsEveryAcceptedNoteOnceThroughKillsOfTheServer() throws Exception {
        Set<String> accepted = new ConcurrentSkipListSet<>();
        AtomicInteger inFile = new AtomicInteger();
        AtomicBoolean writing = new AtomicBoolean(true);
        try (EvidenceLog log = open("killed");
                var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int w = 0; w < 8; w++) {
                String writer = "writer " + w + " note ";
                writers.submit(() -> {
                    for (int i = 0; writing.get(); i++) {
                        String text = writer + i;
                        switch (log.append(new Note("killed", "act", text))) {
                            case Accepted.InDatabase _ -> accepted.add(text);
                            case Accepted.InFile _ -> {
                                accepted.add(text);
                                inFile.incrementAndGet();
                            }
                            case Accepted.Refused _ -> {}
                        }
                    }
                    return true;
                });
            }
            for (int kill = 0; kill < 2; kill++) {
                int before = accepted.size();
                await().until(() -> accepted.size() > before + 200);
                int filed = inFile.get();
                kill();
                await().until(() -> inFile.get() > filed + 50);
                postgres = restart();
                await().atMost(Duration.ofSeconds(20)).until(() -> !log.away());
            }
            writing.set(false);
        }

        assertThat(accepted).hasSizeGreaterThan(450);
        assertStoredOnce(accepted, "killed");
    }

    @Test
    void bringsTheFileOfAnEarlierRunAndSkipsItsTornLine() throws Exception {
        kill();
        Set<String> accepted = new TreeSet<>();
        try (EvidenceLog log = open("torn")) {
            for (int i = 0; i < 50; i++) {
                assertThat(log.append(new Note("torn", "act", "before " + i))).isInstanceOf(Accepted.InFile.class);
                accepted.add("before " + i);
            }
        }
        Path file = folder.resolve("evidence/pending-torn.log");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, List.of("0badc0de {\"id\":\"half a li"), StandardOpenOption.APPEND);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }

        try (EvidenceLog log = open("torn")) {
            log.append(new Note("torn", "act", "after"));
            accepted.add("after");
            postgres = restart();
            await().atMost(Duration.ofSeconds(20)).until(() -> !log.away());
        }
        Files.write(file, whole);
        try (EvidenceLog log = open("torn")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !log.away());
        }

        assertStoredOnce(accepted, "torn");
    }

    private static void assertStoredOnce(Set<String> accepted, String service) throws Exception {
        try (Database database = Database.open(postgres.access(), "check", 2, Duration.ofSeconds(30));
                var connection = database.connection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select text from evidence.entry where service = '" + service + "'")) {
            List<String> stored = new ArrayList<>();
            while (rows.next()) {
                stored.add(rows.getString(1));
            }
            assertThat(Set.copyOf(stored)).hasSameSizeAs(stored);
            accepted.removeAll(stored);
            assertThat(accepted).isEmpty();
            EvidenceReader reader = new EvidenceReader(database.dataSource());
            assertThat(reader.verify(folder.resolve("evidence"), List.of())).isInstanceOf(Verified.Intact.class);
        }
    }

    private static EvidenceLog open(String process) throws Exception {
        return EvidenceLog.open(
                postgres.access(),
                folder.resolve("evidence"),
                process,
                InstantSource.system(),
                new SplittableRandom(),
                List.of());
    }

    private static void kill() throws Exception {
        ProcessHandle.of(postgres.pid()).ifPresent(ProcessHandle::destroyForcibly);
        postgres.awaitExit(5_000);
    }

    private static EmbeddedPostgres restart() {
        return await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> EmbeddedPostgres.start(settings, new SecureRandom()), EmbeddedPostgres::isAlive);
    }
}
