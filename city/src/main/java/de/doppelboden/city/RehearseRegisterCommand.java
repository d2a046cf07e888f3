package de.doppelboden.city;

import de.doppelboden.city.fault.Capacity;
import de.doppelboden.city.population.Clerk;
import de.doppelboden.city.population.Population;
import de.doppelboden.city.population.Resident;
import de.doppelboden.city.register.CityCluster;
import de.doppelboden.city.register.RegisterDatabase;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.cli.Exit;
import de.doppelboden.cli.RehearsedPages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The model city's part of {@code rehearse}: its register with a few residents, and one clerk's way through its pages. */
@Command(name = "rehearse", hidden = true, description = "Starts the register once, for the JVM to learn.")
final class RehearseRegisterCommand implements Callable<Integer> {

    private static final int RESIDENTS = 200;
    private static final RegisterServer.Ports ANY = new RegisterServer.Ports(0, 0, 0);

    @Parameters(description = "An empty folder for its data.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        var random = new SecureRandom();
        Files.createDirectories(folder);
        try (CityCluster cluster = CityCluster.start(folder, FreePorts.some(1).getFirst(), random);
                RegisterDatabase database = RegisterDatabase.open(
                        cluster.access(CityCluster.FIRST),
                        new RegisterDatabase.Contents(RESIDENTS, RegisterCommand.SEED, "unused", random));
                RegisterServer server = RegisterServer.start(
                        ANY,
                        database,
                        cluster.address(),
                        Capacity.CITY,
                        "unused",
                        new RegisterServer.Surroundings(InstantSource.system(), System::nanoTime, random))) {
            walk(new RehearsedPages(URI.create("http://127.0.0.1:" + server.pagesPort()), Map::of));
        }
        return Exit.OK;
    }

    private static void walk(RehearsedPages pages) throws IOException {
        Clerk clerk = Clerk.all().getFirst();
        Resident somebody = somebody();
        String person = "/person/" + somebody.om();
        pages.send("/anmeldung", Map.of("kennung", clerk.login(), "kennwort", clerk.password()));
        pages.get("/suche?nachname=" + RehearsedPages.encoded(somebody.familyName()) + "&vorname=&gebdat="
                + somebody.birthDate());
        pages.get(person);
        pages.get(person + "/bescheinigung");
        pages.send(
                person + "/umzug",
                Map.of(
                        "neueStrasse", "Große Elbstraße",
                        "neueHausnummer", "12 a",
                        "neuerZusatz", "",
                        "neuePlz", "22767",
                        "neuerOrt", "Hamburg",
                        "einzugAm", "01.09.2019"));
    }

    private static Resident somebody() {
        List<Resident> open = new ArrayList<>();
        new Population(RegisterCommand.SEED).make(RESIDENTS, resident -> {
            if (resident.blockReason() == null && resident.died() == null) {
                open.add(resident);
            }
        });
        return open.getFirst();
    }
}
