package de.doppelboden.city.replay;

import de.doppelboden.city.CityMain;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.register.CityCluster;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.configuration.DataSize;
import de.doppelboden.supervisor.JavaCommand;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The register of the city as a process of its own, which can be killed and started again. One thread at a time. */
final class CityProcess implements AutoCloseable {

    private static final DataSize HEAP = DataSize.parse("128MB");
    private static final Duration READY = Duration.ofMinutes(15);
    private static final int ANSWER_MILLIS = 1_000;
    private static final int END_SECONDS = 20;
    private static final long LOOK = Duration.ofMillis(50).toNanos();

    private final Path folder;
    private final RegisterServer.Ports ports;
    private final int databasePort;
    private final Stage.Setting setting;
    private final Pace pace;
    private final SecureRandom random;
    private Process process;

    private CityProcess(
            Path folder,
            RegisterServer.Ports ports,
            int databasePort,
            Stage.Setting setting,
            Pace pace,
            SecureRandom random)
            throws IOException {
        this.folder = folder;
        this.ports = ports;
        this.databasePort = databasePort;
        this.setting = setting;
        this.pace = pace;
        this.random = random;
        this.process = launch();
    }

    /** Begins to start it. */
    static CityProcess start(
            Path folder,
            RegisterServer.Ports ports,
            int databasePort,
            Stage.Setting setting,
            Pace pace,
            SecureRandom random)
            throws IOException {
        Path keys = folder.resolve("keys");
        Files.createDirectories(keys);
        DataFolder.createPrivate(keys);
        DataFolder.replace(keys.resolve("feed.password"), Group.FEED_PASSWORD.getBytes(StandardCharsets.UTF_8));
        DataFolder.replace(keys.resolve("interface.token"), Group.INTERFACE_TOKEN.getBytes(StandardCharsets.UTF_8));
        return new CityProcess(folder, ports, databasePort, setting, pace, random);
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.rehearsed(
                "city",
                JavaCommand.of(
                        CityMain.class,
                        HEAP,
                        List.of(
                                "city",
                                "register",
                                "--folder=" + folder,
                                "--residents=" + setting.residents(),
                                "--capacity=" + setting.capacity(),
                                "--port=" + ports.pages(),
                                "--fault-port=" + ports.faults(),
                                "--relay-port=" + ports.relay(),
                                "--database-port=" + databasePort))));
        builder.environment().putAll(JavaCommand.ENVIRONMENT);
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("register.log").toFile()));
        Process started = builder.start();
        started.getOutputStream().close();
        return started;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends it as a loss of power would; its database goes on. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Begins to start it again, which finds its database running. */
    void revive() throws IOException {
        process = launch();
    }

    void awaitReady() throws IOException, InterruptedException {
        long latest = pace.now() + READY.toNanos();
        while (!answers()) {
            if (!process.isAlive() || pace.now() > latest) {
                throw new IOException("the city's register does not start; see " + folder.resolve("register.log"));
            }
            pace.pause(LOOK);
        }
    }

    private boolean answers() {
        try {
            var health = (HttpURLConnection) URI.create("http://127.0.0.1:" + ports.pages() + "/health")
                    .toURL()
                    .openConnection();
            health.setConnectTimeout(ANSWER_MILLIS);
            health.setReadTimeout(ANSWER_MILLIS);
            try {
                return health.getResponseCode() == 200;
            } finally {
                health.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
            if (Files.exists(folder.resolve("pg/cluster/postmaster.pid"))) {
                CityCluster.start(folder, databasePort, random).close();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("the city's database cannot be stopped", e);
        }
    }
}
