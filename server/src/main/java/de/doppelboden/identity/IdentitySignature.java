package de.doppelboden.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Signs a {@link GatewayIdentity} in the gateway and verifies it in the control process. Any thread. */
public final class IdentitySignature {

    /** How long a signature is good; more than a request takes, less than a copied header is worth. */
    public static final Duration GOOD_FOR = Duration.ofSeconds(60);

    private static final int LONGEST = 8 * 1024;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Hmac hmac;
    private final InstantSource clock;

    /** @param key the content of {@code data/keys/identity.key}, at least 32 bytes */
    public IdentitySignature(byte[] key, InstantSource clock) {
        this.hmac = Hmac.forPurpose(key, "gateway-identity");
        this.clock = clock;
    }

    /** The header's value; {@link GatewayIdentity#issued()} should be now. */
    public String sign(GatewayIdentity identity) {
        return hmac.sign(json.writeValueAsBytes(Wire.of(identity)));
    }

    /** The identity, if the gateway signed it within {@link #GOOD_FOR}. */
    public Optional<GatewayIdentity> verify(String header) {
        return hmac.open(header, LONGEST).flatMap(this::parsed).filter(this::fresh);
    }

    private Optional<GatewayIdentity> parsed(byte[] payload) {
        try {
            return Optional.of(json.readValue(payload, Wire.class).identity());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private boolean fresh(GatewayIdentity identity) {
        Duration age = Duration.between(identity.issued(), clock.instant()).abs();
        return age.compareTo(GOOD_FOR) <= 0;
    }

    /** The JSON of the header; time in milliseconds, so that a proxy in any language can make it. */
    private record Wire(
            String service,
            long epoch,
            String state,
            String login,
            String name,
            String office,
            List<String> roles,
            List<String> rights,
            String session,
            String slice,
            long issued,
            String lagText) {

        static Wire of(GatewayIdentity i) {
            return new Wire(
                    i.service(),
                    i.epoch(),
                    i.state(),
                    i.login(),
                    i.name(),
                    i.office(),
                    i.roles(),
                    i.rights(),
                    i.session(),
                    i.slice(),
                    i.issued().toEpochMilli(),
                    i.lagText());
        }

        GatewayIdentity identity() {
            return new GatewayIdentity(
                    service,
                    epoch,
                    state,
                    login,
                    name,
                    office,
                    roles,
                    rights,
                    session,
                    slice,
                    Instant.ofEpochMilli(issued),
                    lagText);
        }
    }
}
