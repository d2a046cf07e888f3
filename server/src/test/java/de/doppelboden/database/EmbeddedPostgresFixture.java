package de.doppelboden.database;

import de.doppelboden.configuration.DataSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One real PostgreSQL server for all tests of a JVM, started when the first asks; durable as in production. */
public final class EmbeddedPostgresFixture {

    private static final String PREFIX = "doppelboden-test-";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private EmbeddedPostgresFixture() {}

    /** The server; killed and started again by no test, since others use it too. */
    public static synchronized EmbeddedPostgres server() {
        try {
            if (server == null) {
                sweep();
                Path folder = folder("shared");
                EmbeddedPostgres started = EmbeddedPostgres.start(settings(folder), new SecureRandom());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, folder)));
                server = started;
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new, empty database; not dropped, since the server goes with the JVM. */
    public static Access freshDatabase() {
        String name = "test" + NUMBER.incrementAndGet();
        try {
            Access administrator = server().administrator("postgres");
            try (var connection = DriverManager.getConnection(
                            administrator.url(), administrator.user(), administrator.password());
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name + " owner doppelboden");
            }
            Access access = server().access();
            return new Access(access.url().replaceAll("/[^/]*$", "/" + name), access.user(), access.password());
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("no test database", e);
        }
    }

    /** Settings for a server of a test's own, in a folder that {@link #folder} made. */
    public static EmbeddedSettings settings(Path folder) {
        return new EmbeddedSettings(
                folder.resolve("pg"),
                folder.resolve("keys"),
                folder.resolve("log/postgresql.log"),
                freePort(),
                DataSize.parse("64MB"),
                60,
                "doppelboden");
    }

    /** A new folder that the server's user may pass, as root's temporary folders for tests are not. */
    public static Path folder(String name) throws IOException {
        Path folder = Files.createTempDirectory(
                Path.of(System.getProperty("java.io.tmpdir")),
                PREFIX + ProcessHandle.current().pid() + "-" + name + "-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        return folder;
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(EmbeddedPostgres postgres, Path folder) {
        postgres.close();
        delete(folder);
    }

    public static void delete(Path folder) {
        try {
            Deletion.tree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what test runs that were killed have left behind. */
    private static void sweep() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (Path folder : all.toList()) {
                String name = folder.getFileName().toString();
                if (name.matches(PREFIX + "\\d+-.*")
                        && !alive(name.substring(PREFIX.length()).replaceAll("-.*", ""))) {
                    Path cluster = folder.resolve("pg/cluster");
                    PostmasterFile.read(cluster)
                            .flatMap(f -> f.server(cluster))
                            .ifPresent(ProcessHandle::destroyForcibly);
                    delete(folder);
                }
            }
        }
    }

    private static boolean alive(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }
}
