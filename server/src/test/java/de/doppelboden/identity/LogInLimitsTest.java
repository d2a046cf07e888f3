package de.doppelboden.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogInLimitsTest {

    private final SetClock clock = new SetClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final LogInLimits limits = new LogInLimits(clock);

    @Test
    void theSixthWrongPasswordHasToWaitAndNobodyElseDoes() {
        for (int i = 0; i < 5; i++) {
            assertThat(limits.attempt("demir", "10.0.0.1")).isZero();
        }

        assertThat(limits.attempt("demir", "10.0.0.1")).isEqualTo(Duration.ofMinutes(15));
        assertThat(limits.attempt("demir", "10.0.0.2"))
                .as("herself, at her own desk")
                .isZero();
        assertThat(limits.attempt("falk", "10.0.0.1")).as("her colleague").isZero();
    }

    @Test
    void theWaitEndsAfterAQuarterOfAnHour() {
        for (int i = 0; i < 5; i++) {
            limits.attempt("demir", "10.0.0.1");
        }

        clock.forward(Duration.ofMinutes(15));

        assertThat(limits.attempt("demir", "10.0.0.1")).isZero();
    }

    @Test
    void theRightPasswordForgivesTheWrongOnes() {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 4; i++) {
                limits.attempt("demir", "10.0.0.1");
            }
            assertThat(limits.attempt("demir", "10.0.0.1")).isZero();
            limits.right("demir", "10.0.0.1");
        }
    }

    @Test
    void guessingOneNameFromEverywhereEndsToo() {
        long allowed = 0;
        for (int i = 0; i < 500; i++) {
            allowed += limits.attempt("demir", "10.0.1." + i).isZero() ? 1 : 0;
        }

        assertThat(allowed).isEqualTo(50);
    }

    @Test
    void guessingEveryNameFromOneAddressEndsToo() {
        long allowed = 0;
        for (int i = 0; i < 1_000; i++) {
            allowed += limits.attempt("name" + i, "10.0.0.1").isZero() ? 1 : 0;
        }

        assertThat(allowed).isEqualTo(200);
    }
}
