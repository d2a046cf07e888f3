package de.doppelboden.city.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PopulationTest {

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(made(500, 7)).isEqualTo(made(500, 7)).isNotEqualTo(made(500, 8));
    }

    @Test
    void growsWithoutChangingWhoWasThere() {
        assertThat(made(1_000, 7).subList(0, 490)).isEqualTo(made(500, 7).subList(0, 490));
    }

    @Test
    void looksLikeACity() {
        List<Resident> residents = made(30_000, 1);

        assertThat(new HashSet<>(residents.stream().map(Resident::om).toList())).hasSize(30_000);
        assertThat(residents.stream().filter(r -> r.blockReason() != null).count())
                .isBetween(60L, 130L);
        assertThat(residents.stream().filter(r -> r.birthDate().contains("-00")).count())
                .isBetween(20L, 200L);
        assertThat(residents.stream()
                        .filter(r -> !r.nationality().equals("DEU"))
                        .count())
                .isBetween(3_000L, 8_000L);
        assertThat(residents.stream()
                        .filter(r -> r.familyName().matches(".*[ąćęłńśźżışğđőűřěț].*"))
                        .count())
                .isGreaterThan(500);
        assertThat(new HashSet<>(residents.stream().map(Resident::familyName).toList()))
                .hasSizeGreaterThan(3_000);
        assertThat(residents)
                .allSatisfy(r -> assertThat(r.address().postalCode()).startsWith("00"));
    }

    @Test
    void staffsTwentyCentresWith170ClerksOfWhomTheHeadsSeeBlockedPersons() {
        List<Clerk> clerks = Clerk.all();

        assertThat(clerks).hasSize(170).isEqualTo(Clerk.all());
        assertThat(new HashSet<>(clerks.stream().map(Clerk::office).toList())).hasSize(20);
        assertThat(clerks.stream().filter(c -> c.rights().contains(Clerk.SEES_BLOCKED)))
                .hasSize(20)
                .allSatisfy(clerk -> assertThat(clerk.roles()).contains("leitung"));
    }

    private static List<Resident> made(int count, long seed) {
        var residents = new ArrayList<Resident>();
        new Population(seed).make(count, residents::add);
        return residents;
    }
}
