package de.doppelboden.city.people;

import de.doppelboden.city.people.Citizen.Errand;
import de.doppelboden.city.population.Clerk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who comes when to which centre, drawn from the seed; the same for every group that lives through the day.
 *
 * @param arrivals of each centre
 * @param blocked is put under an information block ten seconds before the fault
 * @param mover moves just before the fault
 * @param moverAgain is the same person, who comes again during the fault
 */
public record Day(
        List<Clerk> clerks,
        List<List<Arrival>> arrivals,
        Citizen blocked,
        Citizen mover,
        Citizen moverAgain,
        long seed) {

    /** Somebody comes so long after the doors opened; zero or less: she waits already. */
    record Arrival(long after, Citizen citizen) {}

    /** A case takes three to four pages, a page 16 seconds of talking and typing. */
    private static final double CASE_SECONDS = 52;

    private static final double LASTS_SECONDS = 240;
    private static final int WAITING = 2;

    /** The day of this seed in a city with so many residents of that seed. */
    public static Day of(int residents, long populationSeed, long seed) {
        var errands = new Errands(residents, populationSeed, seed);
        var random = new SplittableRandom(seed ^ 0xDA7);
        List<Clerk> clerks = Clerk.all();
        var arrivals = new ArrayList<List<Arrival>>();
        for (String office : Clerk.offices()) {
            int desks = (int) clerks.stream()
                    .filter(clerk -> clerk.office().equals(office))
                    .count();
            arrivals.add(centre(desks, errands, random));
        }
        Citizen blocked = errands.with(Errand.BLOCK);
        Citizen mover = errands.with(Errand.MOVE);
        return new Day(clerks, List.copyOf(arrivals), blocked, mover, errands.with(Errand.MOVE, mover.who()), seed);
    }

    private static List<Arrival> centre(int desks, Errands errands, SplittableRandom random) {
        var centre = new ArrayList<Arrival>();
        for (int there = 0; there < desks + desks / 2 + WAITING; there++) {
            centre.add(new Arrival(0, errands.next()));
        }
        double at = 0;
        while (at < LASTS_SECONDS) {
            at += -Math.log(1 - random.nextDouble()) * CASE_SECONDS / desks;
            centre.add(new Arrival((long) (at * Duration.ofSeconds(1).toNanos()), errands.next()));
        }
        return List.copyOf(centre);
    }

    /** How many desks there are. */
    public int desks() {
        return clerks.size();
    }
}
