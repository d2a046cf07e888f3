package de.doppelboden.database;

import de.doppelboden.configuration.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder with the server's data: found or made, owned by the server's user, closed for all others. */
final class Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final Path ELSEWHERE = Path.of("/var/lib/doppelboden");
    private static final String POINTER = "location";
    private static final String CLUSTER = "cluster";
    private static final int SOCKET_PATH_LIMIT = 90;
    private static final String WHO_MAY_LOG_IN = """
        # Written by Doppelboden: passwords always, never trust.
        local all all                scram-sha-256
        host  all all 127.0.0.1/32   scram-sha-256
        """;

    private final Path home;
    private final ServerUser user;
    private final PostgresBinaries binaries;

    private Cluster(Path home, ServerUser user, PostgresBinaries binaries) {
        this.home = home;
        this.user = user;
        this.binaries = binaries;
    }

    static boolean exists(EmbeddedSettings settings) {
        return Files.exists(settings.folder().resolve(CLUSTER))
                || Files.exists(settings.folder().resolve(POINTER));
    }

    static Cluster prepare(EmbeddedSettings settings, SecureRandom random) throws IOException {
        ServerUser user = ServerUser.choose();
        Path home = place(settings.folder().toAbsolutePath().normalize(), user, random);
        PostgresBinaries binaries = PostgresBinaries.unpacked(homesOfPrograms(home));
        Cluster cluster = new Cluster(home, user, binaries);
        cluster.createOrCheck(settings, random);
        return cluster;
    }

    /** The folder itself, or one below /var/lib when the server's user may not pass to it. */
    private static Path place(Path folder, ServerUser user, SecureRandom random) throws IOException {
        Files.createDirectories(folder);
        Optional<Path> barrier = user.barrier(folder);
        if (barrier.isEmpty()) {
            DataFolder.createPrivate(folder);
            user.own(folder);
            return folder;
        }
        Path pointer = folder.resolve(POINTER);
        if (!Files.exists(pointer)) {
            byte[] suffix = new byte[4];
            random.nextBytes(suffix);
            Files.writeString(pointer, ELSEWHERE.resolve("pg-" + HexFormat.of().formatHex(suffix)) + "\n");
        }
        Path elsewhere = Path.of(Files.readString(pointer).strip());
        Files.createDirectories(ELSEWHERE);
        DataFolder.createPrivate(elsewhere);
        user.own(elsewhere);
        LOG.warn(
                "The user {} of the database server may not pass {}, so the database lies in {}",
                user.name().orElse("?"),
                barrier.get(),
                elsewhere);
        return elsewhere;
    }

    private static List<Path> homesOfPrograms(Path home) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (ServerUser.isRoot()) {
            folders.add(Path.of("/var/cache/doppelboden"));
        } else {
            String cache = System.getenv("XDG_CACHE_HOME");
            folders.add(
                    cache == null
                            ? Path.of(System.getProperty("user.home"), ".cache", "doppelboden")
                            : Path.of(cache, "doppelboden"));
        }
        folders.add(home.resolve("programs"));
        return folders;
    }

    Path data() {
        return home.resolve(CLUSTER);
    }

    /** The folder of the server's local socket; none when its path is too long for the system. */
    Optional<Path> sockets() throws IOException {
        Path folder = home.resolve("run");
        if (folder.toString().length() > SOCKET_PATH_LIMIT) {
            return Optional.empty();
        }
        DataFolder.createPrivate(folder);
        user.own(folder);
        return Optional.of(folder);
    }

    /** A command of the server's programs, as the server's user runs it. */
    ProcessBuilder process(List<String> command) throws IOException {
        List<String> absolute = new ArrayList<>(command);
        absolute.set(0, binaries.program(command.getFirst()).toString());
        ProcessBuilder builder = new ProcessBuilder(user.command(absolute));
        builder.directory(Path.of("/").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LANG", "C");
        builder.redirectErrorStream(true);
        return builder;
    }

    private void createOrCheck(EmbeddedSettings settings, SecureRandom random) throws IOException {
        Path version = data().resolve("PG_VERSION");
        if (Files.exists(version)) {
            String major = Files.readString(version).strip();
            if (!major.equals(String.valueOf(PostgresBinaries.MAJOR))) {
                throw new IOException("the database in " + data() + " was made by PostgreSQL " + major
                        + ", and this program brings " + PostgresBinaries.MAJOR
                        + "; dump it with the old program and restore it with the new one");
            }
            return;
        }
        create(DataFolder.secret(settings.administratorPasswordFile(), random));
    }

    private void create(String password) throws IOException {
        Path draft = home.resolve("cluster.new");
        Deletion.tree(draft);
        Path passwordFile = home.resolve("password.new");
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, password + "\n", StandardCharsets.UTF_8);
        user.own(passwordFile);
        try {
            run(List.of(
                    "initdb",
                    "--pgdata=" + draft,
                    "--username=" + EmbeddedPostgres.ADMINISTRATOR,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions"));
        } finally {
            Files.delete(passwordFile);
        }
        Path hba = draft.resolve("pg_hba.conf");
        Files.writeString(hba, WHO_MAY_LOG_IN, StandardCharsets.UTF_8);
        Files.move(draft, data());
    }

    private void run(List<String> command) throws IOException {
        Process process = process(command).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(command.getFirst() + " was interrupted", e);
        }
    }
}
