package de.doppelboden.city.replay;

import de.doppelboden.city.FreePorts;
import de.doppelboden.city.fault.Fault;
import de.doppelboden.city.people.Crew;
import de.doppelboden.city.people.Day;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.register.CityCluster;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.cli.Exit;
import de.doppelboden.cli.Main;
import de.doppelboden.database.Access;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * The register of a city with the second floor in front of it, each part a process of its own on free ports: for whoever plays
 * something else than a replay, such as a measurement. One thread at a time.
 */
public final class Stage implements AutoCloseable {

    /**
     * How large the city is, and how fast its users return.
     *
     * @param capacity accesses to the storage a second
     * @param returnStep the least time of each step of a return
     */
    public record Setting(int residents, double capacity, Duration returnStep) {

        public Setting(int residents, double capacity) {
            this(residents, capacity, RegisterFloor.SCENES_STEP);
        }
    }

    private static final Duration LONGEST_FIRST_LOAD = Duration.ofMinutes(10);
    private static final Duration LONGEST_SWITCH = Duration.ofSeconds(60);
    private static final long LOOK = Duration.ofMillis(50).toNanos();

    private final RegisterServer.Ports ports;
    private final Access primaryDatabase;
    private final Setting setting;
    private final Pace pace;
    private final CityProcess primary;
    private final RegisterFloor floor;
    private final long firstLoadNanos;

    private Stage(
            RegisterServer.Ports ports,
            Access primaryDatabase,
            Setting setting,
            Pace pace,
            CityProcess primary,
            RegisterFloor floor,
            long firstLoadNanos) {
        this.ports = ports;
        this.primaryDatabase = primaryDatabase;
        this.setting = setting;
        this.pace = pace;
        this.primary = primary;
        this.floor = floor;
        this.firstLoadNanos = firstLoadNanos;
    }

    /**
     * Starts all of it and waits until the standby has its copy.
     *
     * @param folder empty
     */
    public static Stage start(Path folder, Setting setting, Pace pace, SecureRandom random)
            throws IOException, InterruptedException {
        List<Integer> free = FreePorts.some(4);
        var ports = new RegisterServer.Ports(free.get(0), free.get(1), free.get(2));
        Path city = folder.resolve("city");
        Files.createDirectories(city);
        Access access = CityCluster.reachable(city, free.get(3), CityCluster.FIRST, random);
        CityProcess primary = CityProcess.start(city, ports, free.get(3), setting, pace, random);
        RegisterFloor floor = null;
        try {
            primary.awaitReady();
            floor = RegisterFloor.start(folder.resolve("floor"), ports, access, setting.returnStep());
            floor.product().awaitRunning();
            long running = pace.now();
            floor.awaitCopy(LONGEST_FIRST_LOAD);
            return new Stage(ports, access, setting, pace, primary, floor, pace.now() - running);
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (floor != null) {
                floor.close();
            }
            primary.close();
            throw e;
        }
    }

    /** How long the first copy took once all of the product ran; what it did before that is not in it. */
    public Duration firstLoad() {
        return Duration.ofNanos(firstLoadNanos);
    }

    /** The address that clerks have in their browsers. */
    public URI clerks() {
        return floor.clerks();
    }

    /** The primary's own address. */
    public URI primary() {
        return URI.create("http://127.0.0.1:" + ports.pages() + "/");
    }

    /** The primary's database, as the role that may do everything. */
    public Access primaryDatabase() {
        return primaryDatabase;
    }

    /** The people of a day, who come to the clerks' address; the caller closes them. */
    public Crew crew(long seed) {
        return new Crew(Day.of(setting.residents(), CountersDay.POPULATION_SEED, seed), clerks(), pace);
    }

    /** Breaks or repairs the storage under the primary. */
    public void fault(Fault fault) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.faults() + "/fault"))
                            .POST(HttpRequest.BodyPublishers.ofString("kind=" + fault.word()))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    /** Moves the users to the standby, as a person would, and returns when it serves. */
    public void failOver(String reason) throws IOException, InterruptedException {
        var said = new StringWriter();
        var commands = Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        String file = floor.product().file().toString();
        if (commands.execute("failover", "register", "--reason", reason, "--config", file) != Exit.OK) {
            throw new IOException("the order was refused: " + said);
        }
        awaitStandby();
    }

    /** Waits until the standby serves. */
    public void awaitStandby() throws IOException, InterruptedException {
        if (!await(floor::onStandby, LONGEST_SWITCH)) {
            throw new IOException("the standby does not serve: " + said());
        }
    }

    /** Waits until the primary serves again and the journal is reconciled; false when it does not come to that. */
    public boolean awaitReturn(Duration most) throws IOException, InterruptedException {
        return await(floor::returned, most);
    }

    /** Something that comes true. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private boolean await(Condition condition, Duration most) throws IOException, InterruptedException {
        long latest = pace.now() + most.toNanos();
        while (pace.now() < latest) {
            try {
                if (condition.holds()) {
                    return true;
                }
            } catch (IOException e) {
                // The gateway is away, or has not read everything yet.
            }
            pace.pause(LOOK);
        }
        return condition.holds();
    }

    /** The state, and the sentence that says why. */
    public String said() throws IOException, InterruptedException {
        return floor.said();
    }

    public ProcessHandle gateway() throws IOException {
        return floor.product().process("gateway");
    }

    public ProcessHandle control() throws IOException {
        return floor.product().process("control");
    }

    /** Ends the primary as {@code kill -9} does; its database goes on. */
    public void killPrimary() throws InterruptedException {
        primary.kill();
    }

    /** Begins to start the primary again after it was killed. */
    public void revivePrimary() throws IOException {
        primary.revive();
    }

    @Override
    public void close() {
        try {
            floor.close();
        } finally {
            primary.close();
        }
    }
}
