package de.doppelboden.city.register;

import de.doppelboden.city.fault.Capacity;
import de.doppelboden.city.fault.Storage;
import de.doppelboden.city.fault.StorageRelay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The primary register of the model city: pages, interface, the way of the feed to its database, and the page of its faults. */
public final class RegisterServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegisterServer.class);

    /** Where it listens, on the loopback address; 0 for any free port. */
    public record Ports(int pages, int faults, int relay) {}

    /** What comes in from outside. */
    public record Surroundings(InstantSource clock, LongSupplier nanos, RandomGenerator random) {}

    private final Storage storage;
    private final HttpFront pages;
    private final HttpFront faults;
    private final StorageRelay relay;
    private final ClerkPages clerkPages;
    private final Interface procedures;

    private RegisterServer(
            Ports ports,
            RegisterDatabase database,
            InetSocketAddress databaseAddress,
            Capacity capacity,
            String interfaceToken,
            Surroundings surroundings)
            throws IOException {
        storage = new Storage(capacity, surroundings.nanos());
        var clerks = new Clerks(database, surroundings.random());
        var residents = new Residents(database);
        var orders = new Orders(database);
        RandomGenerator random = surroundings.random();
        clerkPages = new ClerkPages(
                clerks, residents, orders, surroundings.clock(), () -> new UUID(version4(random), variant(random)));
        procedures = new Interface(clerks, residents, orders, surroundings.clock(), interfaceToken);
        pages = new HttpFront(ports.pages(), this::answer);
        faults = new HttpFront(ports.faults(), new FaultPage(storage)::answer);
        relay = new StorageRelay(ports.relay(), databaseAddress, new Storage(capacity, surroundings.nanos()));
        storage.listen(pages::follow);
        storage.listen(relay::follow);
    }

    /**
     * Starts it.
     *
     * @param databaseAddress where the relay leads
     * @param interfaceToken the bearer token of the interface
     */
    public static RegisterServer start(
            Ports ports,
            RegisterDatabase database,
            InetSocketAddress databaseAddress,
            Capacity capacity,
            String interfaceToken,
            Surroundings surroundings)
            throws IOException {
        return new RegisterServer(ports, database, databaseAddress, capacity, interfaceToken, surroundings);
    }

    /** The storage, for whoever breaks it. */
    public Storage storage() {
        return storage;
    }

    public int pagesPort() {
        return pages.port();
    }

    public int faultsPort() {
        return faults.port();
    }

    public int relayPort() {
        return relay.port();
    }

    private Reply answer(Request request) {
        if (request.part(0).equals("health")) {
            return Reply.json(200, "{\"status\":\"UP\"}");
        }
        boolean procedure = Interface.isFor(request);
        try {
            return switch (storage.access()) {
                case GRANTED -> procedure ? procedures.answer(request) : clerkPages.answer(request);
                case FAILED -> error(500, procedure, "Der Speicher antwortet mit einem Fehler.");
                case REFUSED -> error(503, procedure, "Zu viele Anfragen warten.");
                case LIED ->
                    Reply.html(
                            200,
                            View.plain(
                                    "systemmeldung",
                                    "Systemmeldung",
                                    null,
                                    "Es ist ein Fehler aufgetreten (0x80004005)."));
            };
        } catch (SQLException e) {
            LOG.error("the database refuses: {}", e.getMessage());
            return error(500, procedure, "Die Datenbank antwortet mit einem Fehler.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(503, procedure, "Das Register wird beendet.");
        }
    }

    private static Reply error(int status, boolean procedure, String sentence) {
        return procedure
                ? Reply.problem(
                        status, Json.problem(status, "Störung", sentence).toString())
                : Reply.html(status, View.plain("fehler", "Störung", null, sentence));
    }

    private static long version4(RandomGenerator random) {
        return random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
    }

    private static long variant(RandomGenerator random) {
        return random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    }

    @Override
    public void close() {
        relay.close();
        faults.close();
        pages.close();
    }
}
