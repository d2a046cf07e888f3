package de.doppelboden.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentitySignatureTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);

    private final SetClock clock = new SetClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final IdentitySignature signature = new IdentitySignature(KEY, clock);

    @Test
    void whatTheGatewaySignedComesBackWhole() {
        GatewayIdentity clerk = clerk();

        assertThat(signature.verify(signature.sign(clerk))).contains(clerk);
    }

    @Test
    void aSignatureIsGoodForAMinute() {
        String signed = signature.sign(clerk());

        clock.forward(Duration.ofSeconds(60));
        assertThat(signature.verify(signed)).isPresent();
        clock.forward(Duration.ofSeconds(1));
        assertThat(signature.verify(signed)).isEmpty();
    }

    @Test
    void aChangedNameIsRefused() {
        String signed = signature.sign(clerk());
        String body = new String(Base64.getUrlDecoder().decode(signed.substring(0, signed.indexOf('.'))), UTF_8);
        String changed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(body.replace("e.beispiel", "o.petersen").getBytes(UTF_8));

        assertThat(signature.verify(changed + signed.substring(signed.indexOf('.'))))
                .isEmpty();
    }

    @Test
    void anotherKeyAndRubbishAreRefused() {
        byte[] other = "another key of thirty-two bytes!".getBytes(UTF_8);
        String foreign = new IdentitySignature(other, clock).sign(clerk());

        assertThat(signature.verify(foreign)).isEmpty();
        for (String rubbish : List.of("", ".", "a.b", "ä.ö", "x".repeat(100_000), signature.sign(clerk()) + "x")) {
            assertThat(signature.verify(rubbish)).isEmpty();
        }
    }

    @Test
    void aFormTokenIsNoSessionToken() {
        assertThat(new FormTokens(KEY).tokenFor("s")).isNotEqualTo(new FormTokens(KEY).tokenFor("t"));
        assertThatThrownBy(() -> new FormTokens(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    private GatewayIdentity clerk() {
        return new GatewayIdentity(
                "register",
                7,
                "ON_STANDBY",
                "e.beispiel",
                "Erika Beispiel",
                "Bürgeramt Mitte",
                List.of("clerk"),
                List.of("sperre.sehen"),
                "session-1",
                "slice-1",
                clock.instant(),
                "Stand 11:02:41");
    }
}
