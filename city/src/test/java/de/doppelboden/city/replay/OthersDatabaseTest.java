package de.doppelboden.city.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.city.WholeCity;
import de.doppelboden.city.people.Errands;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.people.Rush;
import de.doppelboden.cli.Main;
import de.doppelboden.database.EmbeddedPostgresFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same product on a database that others run: PostgreSQL as Debian has it, by its URL. */
class OthersDatabaseTest {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Path AS_USER = Path.of("/usr/sbin/runuser");

    private Path folder;
    private int port;
    private Path programs;

    @BeforeEach
    void startTheirs() throws Exception {
        assumeThat(DEBIAN).as("Debian's PostgreSQL is not installed").isDirectory();
        boolean root = System.getProperty("user.name").equals("root");
        assumeThat(!root || Files.isExecutable(AS_USER)).isTrue();
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            programs = versions.max(Path::compareTo).orElseThrow().resolve("bin");
        }
        folder = EmbeddedPostgresFixture.folder("theirs");
        if (root) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        port = EmbeddedPostgresFixture.freePort();
        Files.writeString(folder.resolve("password"), "their-password");
        run(
                "initdb",
                "-D",
                folder.resolve("data").toString(),
                "-U",
                "their_admin",
                "--auth=scram-sha-256",
                "--pwfile=" + folder.resolve("password"));
        run(
                "pg_ctl",
                "-w",
                "-D",
                folder.resolve("data").toString(),
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=",
                "start");
    }

    @AfterEach
    void stopTheirs() throws Exception {
        if (folder != null) {
            run("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "stop");
            EmbeddedPostgresFixture.delete(folder);
        }
    }

    @Test
    void servesJournalsReturnsAndVerifiesOnADatabaseByItsUrl() throws Exception {
        String theirs =
                "database: { url: \"jdbc:postgresql://127.0.0.1:%d/postgres\", user: their_admin, password-file: %s }"
                        .formatted(port, closed("secret"));
        try (var city = new WholeCity(yaml -> yaml.replaceAll("database: \\{ url: embedded, port: \\d+ }", theirs))) {
            assertThat(city.folder.resolve("pg")).doesNotExist();
            await().atMost(Duration.ofSeconds(60)).until(() -> city.status().contains("\"phase\":\"RUNNING\""));
            var errands = new Errands(300, 1, 1);
            try (Rush rush = new Rush(errands, 4, city.clerks(), new Pace(System::nanoTime), 1)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> rush.diary().acknowledged().size() > 3);
                assertThat(command(city, "failover", "register", "--reason", "a test"))
                        .contains("FAIL_OVER");
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> rush.diary().acknowledged().stream()
                                        .filter(a -> a.standby())
                                        .count()
                                > 5);
            }
            command(city, "failback", "register", "--reason", "a test");
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> city.status().contains("\"state\":\"NORMAL\"")
                            && city.status().contains("\"open\":0"));

            assertThat(command(city, "evidence", "verify")).contains("are as they were written");
        }
    }

    private static String command(WholeCity city, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", city.configuration.file().toString()));
        var out = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(all.toArray(String[]::new));
        assertThat(exit).as(out.toString()).isZero();
        return out.toString();
    }

    private Path closed(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "their-password");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** A server does not run as root. */
    private void run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of(AS_USER.toString(), "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".out").toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor())
                .as(() -> read(folder.resolve(program + ".out")))
                .isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
