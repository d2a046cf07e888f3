package de.doppelboden.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.Side;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    private final CertificateWatch watch = new CertificateWatch();

    @Test
    void saysNothingOfACertificateThatHasTime() {
        assertThat(watch.ofUsers("portal", NOW.plus(CertificateWatch.SOON), NOW))
                .isEmpty();
    }

    @Test
    void warnsOnceADayUntilThereIsANewOne() {
        var expires = NOW.plus(Duration.ofDays(20));

        assertThat(watch.ofUsers("portal", expires, NOW))
                .hasValueSatisfying(said -> assertThat(said).contains("portal expires on 2026-12-20", "in 20 days"));
        assertThat(watch.ofUsers("portal", expires, NOW.plus(Duration.ofHours(23))))
                .isEmpty();
        assertThat(watch.ofUsers("other", expires, NOW)).isPresent();
        assertThat(watch.ofUsers("portal", expires, NOW.plus(Duration.ofHours(25))))
                .isPresent();
        assertThat(watch.ofUsers("portal", NOW.plus(Duration.ofDays(90)), NOW)).isEmpty();
        assertThat(watch.ofUsers("portal", expires, NOW.plus(Duration.ofHours(26))))
                .isPresent();
    }

    @Test
    void saysThatItHasExpired() {
        assertThat(watch.ofUsers("portal", NOW.minusSeconds(1), NOW))
                .hasValueSatisfying(said -> assertThat(said).contains("has expired on 2026-11-30T08:59:59Z"));
    }

    @Test
    void eachSidesIsWatchedByItself() {
        var expires = NOW.plus(Duration.ofDays(3));

        assertThat(watch.ofSide("portal", Side.STANDBY, expires, NOW))
                .hasValueSatisfying(
                        said -> assertThat(said).contains("portal's standby expires", "in 3 days", "new connections"));
        assertThat(watch.ofSide("portal", Side.STANDBY, expires, NOW)).isEmpty();
        assertThat(watch.ofSide("portal", Side.PRIMARY, expires, NOW)).isPresent();
    }
}
