package de.doppelboden.city.people;

import de.doppelboden.city.people.Citizen.Errand;
import de.doppelboden.city.population.Population;
import de.doppelboden.city.population.Resident;
import de.doppelboden.city.population.Resident.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;

/** Draws the citizens of a day from the residents of the city: each resident comes at most once. */
public final class Errands {

    /** In per cent, as a customer centre sees them. */
    private static final List<Share> MIX = List.of(
            new Share(Errand.VIEW, 27),
            new Share(Errand.CERTIFICATE, 25),
            new Share(Errand.MOVE, 28),
            new Share(Errand.BLOCK, 5),
            new Share(Errand.ARRIVAL, 12),
            new Share(Errand.CIVIL_ACT, 3));

    private record Share(Errand errand, int percent) {}

    private static final int FOREIGNERS = 2_000;

    private final SplittableRandom random;
    private final List<Resident> free = new ArrayList<>();
    private final List<Resident> arriving = new ArrayList<>();
    private int number;

    /**
     * @param residents as many as the register was filled with, of this seed
     * @param seed of the day
     */
    public Errands(int residents, long populationSeed, long seed) {
        random = new SplittableRandom(seed);
        new Population(populationSeed).make(residents, resident -> {
            if (resident.blockReason() == null && resident.died() == null) {
                free.add(resident);
            }
        });
        Collections.shuffle(free, new Random(seed));
        new Population(seed ^ 0x5EED).make(FOREIGNERS, resident -> {
            if (!resident.nationality().equals("DEU")) {
                arriving.add(resident);
            }
        });
    }

    /** The next citizen, with whatever she comes for. */
    Citizen next() {
        int luck = random.nextInt(100);
        for (Share share : MIX) {
            luck -= share.percent();
            if (luck < 0) {
                return with(share.errand());
            }
        }
        throw new IllegalStateException("the shares are not 100 per cent");
    }

    /** The next citizen who wants something changed that is found again by her mark. */
    synchronized Citizen writing() {
        int luck = random.nextInt(10);
        return with(luck < 6 ? Errand.MOVE : luck < 9 ? Errand.ARRIVAL : Errand.BLOCK);
    }

    /** The next citizen, with this errand. */
    Citizen with(Errand errand) {
        List<Resident> from = errand == Errand.ARRIVAL ? arriving : free;
        return with(errand, from.removeLast());
    }

    /** Somebody who has been here, again. */
    Citizen with(Errand errand, Resident who) {
        number++;
        String mark = String.format(Locale.ROOT, "Fall %05d", number);
        Address other = free.get(random.nextInt(free.size())).address();
        Address address = new Address(other.street(), other.number(), mark, other.postalCode(), other.town());
        return new Citizen(number, errand, who, address, mark);
    }
}
