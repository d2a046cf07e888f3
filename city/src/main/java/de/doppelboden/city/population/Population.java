package de.doppelboden.city.population;

import de.doppelboden.city.population.Names.Origin;
import de.doppelboden.city.population.Resident.Address;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the residents of the model city one after the other: households with ages, names, addresses and now and then a block. */
public final class Population {

    /** Takes the residents in the order in which they are made. */
    @FunctionalInterface
    public interface Taker<E extends Exception> {
        void take(Resident resident) throws E;
    }

    public static final long FIRST_OM = 20_000_001L;
    public static final int MOST = 10_000_000;

    private static final LocalDate TODAY = LocalDate.of(2019, 9, 24);
    private static final List<String> PARTICLES = List.of("von ", "van der ", "de ", "von der ", "zu ", "Graf von ");
    private static final List<String> BLOCK_REASONS =
            List.of("Gefahr für Leben und Gesundheit", "Schutzeinrichtung", "Zeugenschutz", "Amtsträger");
    private static final Map<String, List<String>> BIRTH_PLACES = Map.ofEntries(
            Map.entry("TUR", List.of("İstanbul", "Ankara", "İzmir", "Diyarbakır", "Eskişehir")),
            Map.entry("POL", List.of("Warszawa", "Łódź", "Kraków", "Gdańsk", "Poznań")),
            Map.entry("AFG", List.of("Kabul", "Herat", "Mazar-e Sharif")),
            Map.entry("SYR", List.of("Damaskus", "Aleppo", "Homs")),
            Map.entry("UKR", List.of("Kyjiw", "Charkiw", "Odesa", "Lwiw")),
            Map.entry("HRV", List.of("Zagreb", "Split", "Šibenik", "Đakovo")),
            Map.entry("PRT", List.of("Lisboa", "Porto", "Évora", "Guimarães")),
            Map.entry("VNM", List.of("Hà Nội", "Hải Phòng", "Đà Nẵng")),
            Map.entry("ROU", List.of("București", "Iași", "Timișoara", "Brașov")),
            Map.entry("ISL", List.of("Reykjavík", "Tromsø", "Ålesund")),
            Map.entry("CZE", List.of("Praha", "Plzeň", "České Budějovice")),
            Map.entry("LVA", List.of("Rīga", "Liepāja", "Šiauliai", "Pärnu")),
            Map.entry("HUN", List.of("Budapest", "Győr", "Szeged", "Pécs")),
            Map.entry("GHA", List.of("Accra", "Kumasi", "Tamale")));

    private final RandomGenerator random;
    private final Names names = new Names();
    private final Streets streets = new Streets(names);
    private final List<String> towns = streets.towns();

    public Population(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Makes so many residents. */
    public <E extends Exception> void make(int count, Taker<E> taker) throws E {
        if (count < 0 || count > MOST) {
            throw new IllegalArgumentException(count + " residents: 0 to " + MOST);
        }
        for (int made = 0; made < count; ) {
            made += household(FIRST_OM + made, count - made, taker);
        }
    }

    private <E extends Exception> int household(long om, int most, Taker<E> taker) throws E {
        int size = Math.min(most, householdSize());
        Address address = streets.address(random);
        Origin origin = random.nextDouble() < 0.34 ? names.origin(random) : null;
        String family = names.surname(origin, random);
        for (int member = 0; member < size; member++) {
            taker.take(resident(om + member, member, size, new Household(address, origin, family)));
        }
        return size;
    }

    private record Household(Address address, @Nullable Origin origin, String family) {}

    private int householdSize() {
        int luck = random.nextInt(1000);
        return luck < 545 ? 1 : luck < 825 ? 2 : luck < 925 ? 3 : luck < 980 ? 4 : 5;
    }

    private Resident resident(long om, int member, int size, Household household) {
        Origin origin = household.origin();
        boolean female = random.nextBoolean();
        int age = age(member, size);
        int year = TODAY.getYear() - 1 - age;
        String surname = random.nextInt(member == 1 ? 3 : 14) == 0 ? names.surname(origin, random) : household.family();
        String birthName = age >= 22 && random.nextInt(100) < (female && member <= 1 ? 45 : 5)
                ? names.surname(origin, random)
                : "";
        surname = decorated(surname, birthName, origin);
        String callName = names.forename(female, year, origin, random);
        boolean blocked = random.nextInt(1000) < 3;
        boolean dead = age > 70 && random.nextInt(200) == 0;
        return new Resident(
                om,
                surname,
                birthName,
                age > 25 && random.nextInt(33) == 0 ? names.surname(origin, random) : "",
                forenames(callName, female, year, origin),
                callName,
                age > 30 && random.nextInt(60) == 0 ? "Dr." : "",
                birthDate(year, origin),
                birthPlace(origin),
                female ? "w" : random.nextInt(2000) == 0 ? "d" : "m",
                origin != null && random.nextBoolean() ? origin.nationality() : "DEU",
                household.address(),
                movedIn(age),
                dead ? TODAY.minusDays(random.nextInt(400)) : null,
                blocked ? BLOCK_REASONS.get(random.nextInt(BLOCK_REASONS.size())) : null,
                blocked ? TODAY.minusDays(random.nextInt(700)) : null);
    }

    private int age(int member, int size) {
        if (member == 0) {
            return 18 + (int) (random.nextDouble() * (size == 1 ? 78 : 75 * random.nextDouble()));
        }
        return member == 1 ? 18 + random.nextInt(65) : random.nextInt(19);
    }

    private String decorated(String surname, String birthName, @Nullable Origin origin) {
        if (!birthName.isEmpty() && random.nextInt(20) == 0) {
            return random.nextBoolean() ? surname + "-" + birthName : birthName + "-" + surname;
        }
        if (origin == null && random.nextInt(160) == 0) {
            return PARTICLES.get(random.nextInt(PARTICLES.size())) + surname;
        }
        return surname;
    }

    private String forenames(String callName, boolean female, int year, @Nullable Origin origin) {
        int luck = random.nextInt(100);
        if (luck < 47) {
            return callName + " " + names.forename(female, year, origin, random);
        }
        return luck < 53 ? names.forename(female, year, origin, random) + " " + callName : callName;
    }

    /** Unknown parts happen with some foreign papers, as does the first of January. */
    private String birthDate(int year, @Nullable Origin origin) {
        int month = 1 + random.nextInt(12);
        int day = 1 + random.nextInt(LocalDate.of(year, month, 1).lengthOfMonth());
        int quality = origin == null ? 1000 : random.nextInt(1000);
        if (quality < 3) {
            return date(year, 0, 0);
        }
        if (quality < 5) {
            return date(year, month, 0);
        }
        return quality < 60 ? date(year, 1, 1) : date(year, month, day);
    }

    private static String date(int year, int month, int day) {
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
    }

    private String birthPlace(@Nullable Origin origin) {
        List<String> abroad = origin == null || random.nextInt(3) == 0 ? null : BIRTH_PLACES.get(origin.nationality());
        List<String> places = abroad == null ? towns : abroad;
        return places.get(random.nextInt(places.size()));
    }

    private LocalDate movedIn(int age) {
        long days = (long) (random.nextDouble() * random.nextDouble() * Math.max(1, age) * 365);
        return TODAY.minusDays(days);
    }
}
