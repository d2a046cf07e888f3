package de.doppelboden.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {

    private final PasswordHasher hasher = hasher("pepper");

    @Test
    void theRightPasswordMatchesAndNoOther() {
        String stored = hasher.hash("drei kleine Möwen").orElseThrow();

        assertThat(hasher.matches("drei kleine Möwen", stored)).contains(true);
        assertThat(hasher.matches("drei kleine Möwen ", stored)).contains(false);
        assertThat(hasher.matches("", stored)).contains(false);
        assertThat(hasher.matchesNobody("drei kleine Möwen")).contains(false);
    }

    @Test
    void aHashIsWorthNothingWithoutThePepper() {
        String stored = hasher.hash("drei kleine Möwen").orElseThrow();

        assertThat(hasher("another").matches("drei kleine Möwen", stored)).contains(false);
    }

    @Test
    void theSamePasswordIsStoredDifferentlyEachTime() {
        assertThat(hasher.hash("x")).isNotEqualTo(hasher.hash("x"));
        assertThat(hasher.hash("x").orElseThrow()).startsWith("$argon2id$v=19$m=9216,t=4,p=1$");
    }

    private static PasswordHasher hasher(String pepper) {
        return new PasswordHasher(pepper.getBytes(), new SecureRandom(), 1);
    }
}
