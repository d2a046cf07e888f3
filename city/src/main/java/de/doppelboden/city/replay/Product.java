package de.doppelboden.city.replay;

import de.doppelboden.city.FreePorts;
import de.doppelboden.city.ModelConfiguration;
import de.doppelboden.city.ModelConfiguration.Ports;
import de.doppelboden.city.ModelConfiguration.Secrets;
import de.doppelboden.city.ModelConfiguration.Times;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.cli.Serving;
import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.database.Access;
import de.doppelboden.supervisor.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The product in a folder of its own: gateway, control process and database as real processes on free ports. */
final class Product implements SecondFloor {

    private static final String SERVICE = "register";
    /** Of the way back, shorter than a city would set it: so many users as in an hour there do not come in a scene. */
    static final Duration SCENES_STEP = Duration.ofMillis(200);

    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration FEED_LAG = Duration.ofSeconds(8);
    private static final long LOOK = Duration.ofMillis(100).toNanos();

    private final Access primaryDatabase;
    private final Path file;
    private final Ports ports;
    private final Configuration configuration;
    private final Supervisor supervisor;
    private final Pace pace = new Pace(System::nanoTime);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();

    private Product(
            Access primaryDatabase, Path file, Ports ports, Configuration configuration, Supervisor supervisor) {
        this.primaryDatabase = primaryDatabase;
        this.file = file;
        this.ports = ports;
        this.configuration = configuration;
        this.supervisor = supervisor;
    }

    /** As for a scene. */
    static Product start(Path folder, RegisterServer.Ports primary, Access primaryDatabase)
            throws IOException, InterruptedException {
        return start(folder, primary, primaryDatabase, SCENES_STEP);
    }

    /**
     * Begins to start it in front of a primary.
     *
     * @param returnStep the least time of each step of a return
     */
    static Product start(Path folder, RegisterServer.Ports primary, Access primaryDatabase, Duration returnStep)
            throws IOException, InterruptedException {
        DataFolder.prepare(folder);
        Path keys = folder.resolve("city-keys");
        DataFolder.createPrivate(keys);
        DataFolder.replace(keys.resolve("feed.password"), Group.FEED_PASSWORD.getBytes(StandardCharsets.UTF_8));
        DataFolder.replace(keys.resolve("interface.token"), Group.INTERFACE_TOKEN.getBytes(StandardCharsets.UTF_8));
        List<Integer> free = FreePorts.some(4);
        var ports = new Ports(
                free.get(0),
                free.get(1),
                free.get(2),
                free.get(3),
                primary.pages(),
                primary.faults(),
                primary.relay(),
                0);
        Path file = folder.resolve("doppelboden.yaml");
        ModelConfiguration.write(
                file,
                ports,
                Secrets.of(keys, new SecureRandom()),
                Replay.POPULATION_SEED,
                primaryDatabase.url().replaceAll(".*/", ""),
                Times.undisturbed(returnStep, InstantSource.system()));
        if (!(Configuration.load(file, Map.of()) instanceof Configuration.Valid valid)) {
            throw new IllegalStateException("the replay's configuration is wrong: " + file);
        }
        try {
            Supervisor supervisor = Serving.start(valid.configuration(), file);
            return new Product(primaryDatabase, file, ports, valid.configuration(), supervisor);
        } catch (Supervisor.AlreadyRunning e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        awaitRunning();
        awaitCopy(READY);
    }

    /** Waits until all of its processes answer. */
    void awaitRunning() throws IOException, InterruptedException {
        List<String> missing = supervisor.awaitReady(READY);
        if (!missing.isEmpty()) {
            throw new IOException("the second floor did not start: " + missing + "; its logs are in "
                    + configuration.data().resolve("log"));
        }
    }

    /** Waits until the standby has its copy and the primary serves. */
    void awaitCopy(Duration most) throws IOException, InterruptedException {
        long latest = pace.now() + most.toNanos();
        JsonNode status = status();
        while (!(standbyHasItsCopy(status) && atHome(status))) {
            if (pace.now() > latest) {
                throw new IOException("the standby did not get its copy: " + status.path("feed"));
            }
            pace.pause(LOOK);
            status = status();
        }
    }

    private static boolean standbyHasItsCopy(JsonNode status) {
        return status.path("feed").path("phase").asString("").equals("RUNNING")
                && !status.path("feed").path("current").isNull();
    }

    private static boolean atHome(JsonNode status) {
        return status.path("state").asString("").equals("NORMAL")
                && status.path("serving").asString("").equals("PRIMARY");
    }

    @Override
    public URI clerks() {
        return URI.create("http://127.0.0.1:" + ports.clerks() + "/");
    }

    @Override
    public boolean returned() throws IOException, InterruptedException {
        JsonNode status = status();
        return atHome(status) && status.path("journal").path("open").asInt(-1) == 0;
    }

    @Override
    public String said() throws IOException, InterruptedException {
        JsonNode status = status();
        return status.path("state").asString("?") + ": " + status.path("reason").asString("") + " / "
                + status.path("decision").path("reason").asString("");
    }

    boolean onStandby() throws IOException, InterruptedException {
        return status().path("state").asString("").equals("ON_STANDBY");
    }

    /** Its configuration file, for commands. */
    Path file() {
        return file;
    }

    /** One of its processes, as the pid file names it. */
    ProcessHandle process(String name) throws IOException {
        Path pidFile = configuration.data().resolve("run").resolve(name + ".pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException(name + " " + pid + " has ended"));
    }

    private JsonNode status() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + ports.management() + "/services/" + SERVICE);
        var request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
        return JsonMapper.shared()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public List<Auditor.Deferred> worklist() throws IOException {
        return Waiting.of(file, SERVICE);
    }

    @Override
    public boolean sidesEqual() throws IOException, InterruptedException {
        Access standby = Access.of(configuration);
        long latest = pace.now() + FEED_LAG.toNanos();
        try {
            while (!Residents.same(primaryDatabase, standby)) {
                if (pace.now() > latest) {
                    return false;
                }
                pace.pause(LOOK);
            }
            return true;
        } catch (SQLException e) {
            throw new IOException("a side cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        supervisor.close();
        http.shutdownNow();
    }
}
