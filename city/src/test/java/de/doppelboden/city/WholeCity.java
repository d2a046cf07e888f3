package de.doppelboden.city;

import de.doppelboden.city.ModelConfiguration.Ports;
import de.doppelboden.city.ModelConfiguration.Secrets;
import de.doppelboden.city.ModelConfiguration.Times;
import de.doppelboden.city.fault.Capacity;
import de.doppelboden.city.register.CityCluster;
import de.doppelboden.city.register.RegisterDatabase;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.cli.Serving;
import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import de.doppelboden.database.EmbeddedPostgresFixture;
import de.doppelboden.identity.Identity;
import de.doppelboden.supervisor.Supervisor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The primary of a small city and the product in front of it, in real processes, for a test. */
public final class WholeCity implements AutoCloseable {

    private static final int RESIDENTS = 300;
    private static final Duration READY = Duration.ofSeconds(90);

    public final Ports ports;
    public final Path folder;
    public final Configuration configuration;

    /** Log-ins of the console, one for each role. */
    public final Map<String, String> people;

    private final ArrayDeque<AutoCloseable> parts = new ArrayDeque<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /** On the product's own database. */
    public WholeCity() throws Exception {
        this(yaml -> yaml);
    }

    /** @param change of the configuration's text */
    public WholeCity(UnaryOperator<String> change) throws Exception {
        folder = EmbeddedPostgresFixture.folder("whole");
        ports = Ports.from(FreePorts.row(8));
        DataFolder.prepare(folder);
        Path city = folder.resolve("city");
        DataFolder.prepare(city);
        var random = new SecureRandom();
        Secrets secrets = Secrets.of(city.resolve("keys"), random);
        Path file = folder.resolve("doppelboden.yaml");
        ModelConfiguration.write(
                file,
                ports,
                secrets,
                RegisterCommand.SEED,
                CityCluster.FIRST,
                Times.undisturbed(Duration.ofMillis(300), InstantSource.system()));
        Files.writeString(file, change.apply(Files.readString(file)));
        configuration = ((Configuration.Valid) Configuration.load(file, Map.of())).configuration();
        var cluster = closed(CityCluster.start(city, ports.cityDatabase(), random));
        var database = closed(RegisterDatabase.open(
                cluster.access(CityCluster.FIRST),
                new RegisterDatabase.Contents(RESIDENTS, RegisterCommand.SEED, secrets.feedPassword(), random)));
        closed(RegisterServer.start(
                new RegisterServer.Ports(ports.primary(), ports.faults(), ports.relay()),
                database,
                cluster.address(),
                Capacity.CITY.withPerSecond(2_000),
                secrets.interfaceToken(),
                new RegisterServer.Surroundings(InstantSource.system(), System::nanoTime, random)));
        Supervisor product = closed(Serving.start(configuration, file));
        List<String> missing = product.awaitReady(READY);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("not ready: " + missing + ", see " + folder.resolve("log"));
        }
        try (Database ours = Database.open(Access.of(configuration), "test", 2, Duration.ofSeconds(10))) {
            people = Identity.open(ours.dataSource(), configuration.keys(), InstantSource.system())
                    .seedDemonstration();
        }
    }

    private <T extends AutoCloseable> T closed(T part) {
        parts.addFirst(part);
        return part;
    }

    public URI clerks() {
        return URI.create("http://127.0.0.1:" + ports.clerks() + "/");
    }

    public URI console() {
        return URI.create("http://127.0.0.1:" + ports.console() + "/");
    }

    /** What the management interface says of the register. */
    public String status() throws Exception {
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + ports.management() + "/services/register"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() throws Exception {
        http.close();
        for (AutoCloseable part : parts) {
            part.close();
        }
        EmbeddedPostgresFixture.delete(folder);
    }
}
