package de.doppelboden.city.replay;

import de.doppelboden.city.FreePorts;
import de.doppelboden.city.ModelConfiguration;
import de.doppelboden.city.ModelConfiguration.Ports;
import de.doppelboden.city.ModelConfiguration.Secrets;
import de.doppelboden.city.ModelConfiguration.Times;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.database.Access;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The product in front of a register: its standby has a copy, a journal and a worklist. */
final class RegisterFloor implements SecondFloor {

    private static final String SERVICE = "register";
    /** Of the way back, shorter than a city would set it: so many users as in an hour there do not come in a scene. */
    static final Duration SCENES_STEP = Duration.ofMillis(200);

    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration FEED_LAG = Duration.ofSeconds(8);
    private static final long LOOK = Duration.ofMillis(100).toNanos();

    private final Product product;
    private final Access primaryDatabase;
    private final URI clerks;
    private final Pace pace = new Pace(System::nanoTime);

    private RegisterFloor(Product product, Access primaryDatabase, URI clerks) {
        this.product = product;
        this.primaryDatabase = primaryDatabase;
        this.clerks = clerks;
    }

    /** As for a scene. */
    static RegisterFloor start(Path folder, RegisterServer.Ports primary, Access primaryDatabase)
            throws IOException, InterruptedException {
        return start(folder, primary, primaryDatabase, SCENES_STEP);
    }

    /**
     * Begins to start it in front of a primary.
     *
     * @param returnStep the least time of each step of a return
     */
    static RegisterFloor start(Path folder, RegisterServer.Ports primary, Access primaryDatabase, Duration returnStep)
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
                CountersDay.POPULATION_SEED,
                primaryDatabase.url().replaceAll(".*/", ""),
                Times.undisturbed(returnStep, InstantSource.system()));
        URI clerks = URI.create("http://127.0.0.1:" + ports.clerks() + "/");
        return new RegisterFloor(Product.start(file), primaryDatabase, clerks);
    }

    /** Its processes. */
    Product product() {
        return product;
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        product.awaitRunning();
        awaitCopy(READY);
    }

    /** Waits until the standby has its copy and the primary serves. */
    void awaitCopy(Duration most) throws IOException, InterruptedException {
        long latest = pace.now() + most.toNanos();
        JsonNode status = product.status(SERVICE);
        while (!(standbyHasItsCopy(status) && Product.home(status))) {
            if (pace.now() > latest) {
                throw new IOException("the standby did not get its copy: " + status.path("feed"));
            }
            pace.pause(LOOK);
            status = product.status(SERVICE);
        }
    }

    private static boolean standbyHasItsCopy(JsonNode status) {
        return status.path("feed").path("phase").asString("").equals("RUNNING")
                && !status.path("feed").path("current").isNull();
    }

    @Override
    public URI clerks() {
        return clerks;
    }

    @Override
    public boolean returned() throws IOException, InterruptedException {
        JsonNode status = product.status(SERVICE);
        return Product.home(status) && status.path("journal").path("open").asInt(-1) == 0;
    }

    @Override
    public String said() throws IOException, InterruptedException {
        return product.said(SERVICE);
    }

    boolean onStandby() throws IOException, InterruptedException {
        return product.status(SERVICE).path("state").asString("").equals("ON_STANDBY");
    }

    @Override
    public List<Auditor.Deferred> worklist() throws IOException {
        return Waiting.of(product.file(), SERVICE);
    }

    @Override
    public boolean sidesEqual() throws IOException, InterruptedException {
        Access standby = Access.of(product.configuration());
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
        product.close();
    }
}
