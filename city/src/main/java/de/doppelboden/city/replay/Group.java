package de.doppelboden.city.replay;

import de.doppelboden.city.fault.Capacity;
import de.doppelboden.city.fault.Fault;
import de.doppelboden.city.people.Crew;
import de.doppelboden.city.register.RegisterDatabase;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.database.Access;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** One group of the replay: a primary of its own with a database of its own, and the people who work with it. */
final class Group implements AutoCloseable {

    static final String INTERFACE_TOKEN = "replay-of-the-model-city";
    static final String FEED_PASSWORD = "replay-of-the-model-city-feed";

    /** While 170 clerks log in at the same moment, which they do not do in a city, the storage is quicker. */
    private static final double OPENING_PER_SECOND = 2_000;

    private final String name;
    private final Access access;
    private final RegisterDatabase database;
    private final RegisterServer primary;
    private @Nullable Crew crew;

    Group(String name, Access access, InetSocketAddress cluster, RegisterServer.Ports ports, SecureRandom random)
            throws SQLException, IOException {
        this.name = name;
        this.access = access;
        this.database = RegisterDatabase.open(access, contents(0, random));
        this.primary = RegisterServer.start(
                ports,
                database,
                cluster,
                Capacity.CITY.withPerSecond(OPENING_PER_SECOND),
                INTERFACE_TOKEN,
                new RegisterServer.Surroundings(InstantSource.system(), System::nanoTime, random));
    }

    /** What the register of a replay is filled with; both groups begin with the same. */
    static RegisterDatabase.Contents contents(int residents, SecureRandom random) {
        return new RegisterDatabase.Contents(residents, CountersDay.POPULATION_SEED, FEED_PASSWORD, random);
    }

    String name() {
        return name;
    }

    RegisterServer primary() {
        return primary;
    }

    URI primaryAddress() {
        return URI.create("http://127.0.0.1:" + primary.pagesPort() + "/");
    }

    void staff(Crew people) {
        crew = people;
    }

    Crew crew() {
        if (crew == null) {
            throw new IllegalStateException("group " + name + " has no people yet");
        }
        return crew;
    }

    /** From now on everything counts. */
    void startDay() {
        primary.storage().resize(Capacity.CITY);
        crew().start();
    }

    void fault(Fault fault) {
        primary.storage().set(fault);
    }

    Recorded recorded() throws SQLException {
        return Recorded.read(access);
    }

    @Override
    public void close() {
        if (crew != null) {
            crew.close();
        }
        primary.close();
        database.close();
    }
}
