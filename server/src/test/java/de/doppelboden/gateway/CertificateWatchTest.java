package de.doppelboden.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    private final CertificateWatch watch = new CertificateWatch();

    @Test
    void saysNothingOfACertificateThatHasTime() {
        assertThat(watch.warning("portal", NOW.plus(CertificateWatch.SOON), NOW))
                .isEmpty();
    }

    @Test
    void warnsOnceADayUntilThereIsANewOne() {
        var expires = NOW.plus(Duration.ofDays(20));

        assertThat(watch.warning("portal", expires, NOW))
                .hasValueSatisfying(said -> assertThat(said).contains("portal expires on 2026-12-20", "in 20 days"));
        assertThat(watch.warning("portal", expires, NOW.plus(Duration.ofHours(23))))
                .isEmpty();
        assertThat(watch.warning("other", expires, NOW)).isPresent();
        assertThat(watch.warning("portal", expires, NOW.plus(Duration.ofHours(25))))
                .isPresent();
        assertThat(watch.warning("portal", NOW.plus(Duration.ofDays(90)), NOW)).isEmpty();
        assertThat(watch.warning("portal", expires, NOW.plus(Duration.ofHours(26))))
                .isPresent();
    }

    @Test
    void saysThatItHasExpired() {
        assertThat(watch.warning("portal", NOW.minusSeconds(1), NOW))
                .hasValueSatisfying(said -> assertThat(said).contains("has expired on 2026-11-30T08:59:59Z"));
    }
}
