package de.doppelboden.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {

    private final SecureRandom random = new SecureRandom();
    private static Path folder;
    private static EmbeddedSettings settings;
    private EmbeddedPostgres postgres;

    @BeforeAll
    static void make() throws IOException {
        folder = EmbeddedPostgresFixture.folder("own");
        settings = EmbeddedPostgresFixture.settings(folder);
    }

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.start(settings, random);
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @AfterAll
    static void clean() {
        EmbeddedPostgresFixture.delete(folder);
    }

    @Test
    void runsDurablyAndNotAsRootBehindAPassword() throws Exception {
        assertThat(settingOf("fsync")).isEqualTo("on");
        assertThat(settingOf("synchronous_commit")).isEqualTo("on");
        assertThat(settingOf("full_page_writes")).isEqualTo("on");
        assertThat(settingOf("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ProcessHandle.of(postgres.pid()).orElseThrow().info().user())
                .get()
                .isNotEqualTo("root");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("pg"))))
                .isEqualTo("rwx------");
        assertThat(Files.readString(folder.resolve("pg/cluster/pg_hba.conf"))).doesNotContain("trust\n");
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.access().url(), "doppelboden", "wrong"))
                .hasMessageContaining("password");
    }

    @Test
    void staysDurableWhenSomebodyTurnsItOffInTheServer() throws Exception {
        execute(postgres.administrator("postgres"), "alter system set fsync = off");

        postgres.close();
        postgres = EmbeddedPostgres.start(settings, random);

        assertThat(settingOf("fsync")).isEqualTo("on");
    }

    @Test
    void refusesToWorkWithARoleThatIsNotDurable() throws Exception {
        execute(postgres.administrator("postgres"), "alter role doppelboden set synchronous_commit = off");

        try (var connection = connect(postgres.access())) {
            assertThatThrownBy(() -> Durability.check(connection)).hasMessageContaining("synchronous_commit = off");
        }
        execute(postgres.administrator("postgres"), "alter role doppelboden reset synchronous_commit");
    }

    @Test
    void adoptsAServerThatWasLeftRunning() throws Exception {
        EmbeddedPostgres again = EmbeddedPostgres.start(settings, random);

        assertThat(again.adopted()).isTrue();
        assertThat(again.pid()).isEqualTo(postgres.pid());
    }

    @Test
    void stopsAServerThatWasLeftRunningOnAnotherPort() throws Exception {
        EmbeddedSettings moved = new EmbeddedSettings(
                settings.folder(),
                settings.keys(),
                settings.log(),
                EmbeddedPostgresFixture.freePort(),
                settings.sharedBuffers(),
                settings.connections(),
                settings.database());

        EmbeddedPostgres again = EmbeddedPostgres.start(moved, random);

        assertThat(again.adopted()).isFalse();
        assertThat(postgres.isAlive()).isFalse();
        again.close();
    }

    @Test
    void comesBackWithWhatWasCommittedAfterItWasKilled() throws Exception {
        execute(postgres.access(), "create table kept as select 42 as answer");
        ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
        postgres.awaitExit(5_000);

        postgres = await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> EmbeddedPostgres.start(settings, random), EmbeddedPostgres::isAlive);

        assertThat(postgres.adopted()).isFalse();
        assertThat(query("select answer from kept")).isEqualTo("42");
    }

    @Test
    void leavesAnotherProgramAloneThatHasTheNumberInAnOldPidFile() throws Exception {
        postgres.close();
        Process other = new ProcessBuilder("sleep", "60").start();
        Files.writeString(
                folder.resolve("pg/cluster/postmaster.pid"), other.pid() + "\n/x\n0\n" + settings.port() + "\n");

        postgres = EmbeddedPostgres.start(settings, random);

        assertThat(other.isAlive()).isTrue();
        assertThat(postgres.isAlive()).isTrue();
        other.destroy();
    }

    @Test
    void refusesTheDataOfAnotherMajorVersion() throws Exception {
        postgres.close();
        Path version = folder.resolve("pg/cluster/PG_VERSION");
        Files.writeString(version, "15\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(settings, random))
                .hasMessageContaining("was made by PostgreSQL 15, and this program brings 18");
        Files.writeString(version, "18\n");
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        Path other = EmbeddedPostgresFixture.folder("other");
        EmbeddedSettings samePort = new EmbeddedSettings(
                other.resolve("pg"),
                other.resolve("keys"),
                other.resolve("log/postgresql.log"),
                settings.port(),
                settings.sharedBuffers(),
                settings.connections(),
                settings.database());

        assertThatThrownBy(() -> EmbeddedPostgres.start(samePort, random))
                .hasMessageContaining("Address already in use");
        EmbeddedPostgresFixture.delete(other);
    }

    @Test
    void runsElsewhereWhenItsUserMayNotPassTheFolder() throws Exception {
        assumeTrue(ServerUser.isRoot(), "only root drops to another user");
        Path closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        EmbeddedPostgres other = EmbeddedPostgres.start(EmbeddedPostgresFixture.settings(closed), random);

        Path elsewhere = Path.of(Files.readString(closed.resolve("pg/location")).strip());
        assertThat(elsewhere.resolve("cluster/PG_VERSION")).exists();
        other.close();
        EmbeddedPostgresFixture.delete(elsewhere);
    }

    private String settingOf(String name) throws SQLException, IOException {
        return query("show " + name);
    }

    private String query(String query) throws SQLException, IOException {
        try (var connection = connect(postgres.access());
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Access access, String statement) throws SQLException {
        try (var connection = connect(access)) {
            connection.createStatement().execute(statement);
        }
    }

    private static Connection connect(Access access) throws SQLException {
        return DriverManager.getConnection(access.url(), access.user(), access.password());
    }
}
