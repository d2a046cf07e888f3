package de.doppelboden.bench;

import de.doppelboden.city.population.Clerk;
import de.doppelboden.city.population.Population;
import de.doppelboden.city.population.Resident;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What clerks ask for, as an open load: half of it searches, three tenths persons, a fifth changes of address, each of another
 * resident. A form that was under way when the side changed may be offered again; that is a good answer.
 */
final class Pages implements OpenLoad.Request {

    private static final long POPULATION_SEED = 1;
    private static final int NETWORKS = 8;
    private static final Set<String> SEARCH = Set.of("suche");
    private static final Set<String> PERSON = Set.of("person");
    private static final Set<String> MOVED = Set.of("person", "umzug", "beleg", "offen", "ausgefuehrt");

    private final List<Visitor> visitors;
    private final List<Resident> residents;
    private final Queue<Resident> movers;
    private final SplittableRandom seeds;

    private Pages(List<Visitor> visitors, List<Resident> residents, Queue<Resident> movers, SplittableRandom seeds) {
        this.visitors = visitors;
        this.residents = residents;
        this.movers = movers;
        this.seeds = seeds;
    }

    /** Clerks log in at the address, one after the other. */
    static Pages of(URI address, int clerks, int count, long seed) throws IOException, InterruptedException {
        var residents = new ArrayList<Resident>();
        new Population(POPULATION_SEED).make(count, resident -> {
            if (resident.blockReason() == null && resident.died() == null) {
                residents.add(resident);
            }
        });
        var order = new ArrayList<>(residents);
        Collections.shuffle(order, new Random(seed));
        return new Pages(
                loggedIn(address, clerks), residents, new ConcurrentLinkedQueue<>(order), new SplittableRandom(seed));
    }

    /** The same clerks at another address; who has moved here does not move there. */
    Pages at(URI address) throws IOException, InterruptedException {
        return new Pages(loggedIn(address, visitors.size()), residents, movers, seeds);
    }

    private static List<Visitor> loggedIn(URI address, int clerks) throws IOException, InterruptedException {
        List<HttpClient> networks = new ArrayList<>();
        for (int i = 0; i < NETWORKS; i++) {
            networks.add(Visitor.network());
        }
        var visitors = new ArrayList<Visitor>();
        for (Clerk clerk : Clerk.all().subList(0, clerks)) {
            var visitor = new Visitor(networks.get(visitors.size() % NETWORKS), address);
            visitor.logIn(clerk);
            visitors.add(visitor);
        }
        return List.copyOf(visitors);
    }

    @Override
    public String send(int number) throws InterruptedException {
        SplittableRandom random = random();
        Visitor visitor = visitors.get(random.nextInt(visitors.size()));
        Resident resident = residents.get(random.nextInt(residents.size()));
        int kind = random.nextInt(10);
        if (kind < 5) {
            return visitor.misses(
                    "/suche?nachname=" + Visitor.encoded(resident.familyName()) + "&vorname="
                            + Visitor.encoded(resident.callName()) + "&gebdat=" + resident.birthDate(),
                    SEARCH);
        }
        if (kind < 8) {
            return visitor.misses("/person/" + resident.om(), PERSON);
        }
        return move(visitor, random);
    }

    /** One for each request, however often a load is played. */
    private synchronized SplittableRandom random() {
        return seeds.split();
    }

    private String move(Visitor visitor, SplittableRandom random) throws InterruptedException {
        Resident mover = movers.poll();
        if (mover == null) {
            throw new IllegalStateException("everybody has moved");
        }
        UUID form = new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | 0x8000000000000000L);
        Resident.Address to = residents.get(random.nextInt(residents.size())).address();
        return visitor.misses(
                "/person/" + mover.om() + "/umzug",
                Map.of(
                        "vorgang", form.toString(),
                        "stand", "1",
                        "neueStrasse", to.street(),
                        "neueHausnummer", to.number(),
                        "neuerZusatz", "",
                        "neuePlz", to.postalCode(),
                        "neuerOrt", to.town(),
                        "einzugAm", "2019-09-24"),
                MOVED);
    }
}
