package de.doppelboden.city;

import de.doppelboden.city.ModelConfiguration.Ports;
import de.doppelboden.city.ModelConfiguration.Secrets;
import de.doppelboden.city.fault.Capacity;
import de.doppelboden.city.fault.Fault;
import de.doppelboden.city.register.CityCluster;
import de.doppelboden.city.register.RegisterDatabase;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.cli.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code city register}: the primary of the model city with its own database, until it is told to end. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Runs the register of the model city: pages, interface, feed views, fault page.")
final class RegisterCommand implements Callable<Integer> {

    static final long SEED = 1;

    @Option(names = "--folder", required = true, description = "Its data; filled when it is empty.")
    private Path folder = Path.of(".");

    @Option(names = "--residents", defaultValue = "30000", description = "How many an empty register is filled with.")
    private int residents;

    @Option(names = "--port", defaultValue = "18081", description = "Pages and interface.")
    private int port;

    @Option(names = "--fault-port", defaultValue = "18080", description = "The fault page.")
    private int faultPort;

    @Option(names = "--relay-port", defaultValue = "15434", description = "The feed's way to the database.")
    private int relayPort;

    @Option(names = "--database-port", defaultValue = "15433", description = "The database itself.")
    private int databasePort;

    @Option(names = "--capacity", defaultValue = "40", description = "Accesses to the storage a second.")
    private double capacity;

    static String[] arguments(Path folder, Ports ports, int residents) {
        return new String[] {
            "city", "register",
            "--folder", folder.toString(),
            "--residents", Integer.toString(residents),
            "--port", Integer.toString(ports.primary()),
            "--fault-port", Integer.toString(ports.faults()),
            "--relay-port", Integer.toString(ports.relay()),
            "--database-port", Integer.toString(ports.cityDatabase())
        };
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        var random = new SecureRandom();
        Secrets secrets = Secrets.of(folder.resolve("keys"), random);
        var end = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        try (CityCluster cluster = CityCluster.start(folder, databasePort, random);
                RegisterDatabase database = RegisterDatabase.open(
                        cluster.access(CityCluster.FIRST),
                        new RegisterDatabase.Contents(residents, SEED, secrets.feedPassword(), random));
                RegisterServer server = RegisterServer.start(
                        new RegisterServer.Ports(port, faultPort, relayPort),
                        database,
                        cluster.address(),
                        Capacity.CITY.withPerSecond(capacity),
                        secrets.interfaceToken(),
                        new RegisterServer.Surroundings(InstantSource.system(), System::nanoTime, random))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                end.countDown();
                awaitBriefly(closed);
            }));
            end.await();
            server.storage().set(Fault.OK);
        } finally {
            closed.countDown();
        }
        return Exit.OK;
    }

    /** A shutdown hook that returned would end the JVM before the database is stopped. */
    private static void awaitBriefly(CountDownLatch closed) {
        try {
            closed.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
