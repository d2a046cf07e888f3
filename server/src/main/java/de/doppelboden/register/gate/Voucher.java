package de.doppelboden.register.gate;

import de.doppelboden.continuity.feed.Lag;
import de.doppelboden.cycle.ServiceCycle;
import de.doppelboden.gateway.http.SideRequest;
import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.identity.IdentitySignature;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Vouches towards the control process for who asks, and in whose hands the keys are. */
final class Voucher {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(BERLIN);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("dd.MM.uuuu, HH:mm:ss").withZone(BERLIN);

    private final ServiceCycle cycle;
    private final IdentitySignature signature;
    private final InstantSource clock;

    Voucher(ServiceCycle cycle, IdentitySignature signature, InstantSource clock) {
        this.cycle = cycle;
        this.signature = signature;
        this.clock = clock;
    }

    SideRequest vouch(SideRequest request, Optional<ClerkSession> session, String slice) {
        var clerk = session.map(ClerkSession::clerk).orElseGet(() -> Clerk.unknown(""));
        var identity = new GatewayIdentity(
                cycle.service().id(),
                cycle.users().ownership().epoch(),
                cycle.users().state().name(),
                clerk.login(),
                clerk.name(),
                clerk.office(),
                clerk.roles(),
                clerk.rights(),
                session.map(ClerkSession::id).orElse(""),
                slice,
                clock.instant(),
                lagText());
        return request.with(GatewayIdentity.HEADER, signature.sign(identity));
    }

    private String lagText() {
        return cycle.feed()
                .lag()
                .map(Lag::current)
                .map(at -> "Stand " + (today(at) ? TIME : DAY_AND_TIME).format(at))
                .orElse("");
    }

    private boolean today(Instant at) {
        return at.atZone(BERLIN)
                .toLocalDate()
                .equals(clock.instant().atZone(BERLIN).toLocalDate());
    }

    /** Whom control has let in, if its word is signed. */
    Optional<Clerk> admitted(String header) {
        return signature
                .verify(header)
                .filter(identity -> !identity.anonymous())
                .map(identity -> new Clerk(
                        identity.login(), identity.name(), identity.office(), identity.roles(), identity.rights()));
    }
}
