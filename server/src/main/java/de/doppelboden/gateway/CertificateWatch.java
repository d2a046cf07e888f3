package de.doppelboden.gateway;

import de.doppelboden.continuity.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says in time, and once a day, that a certificate expires. One thread. */
final class CertificateWatch {

    /** So long before its end a certificate needs somebody's attention. */
    static final Duration SOON = Duration.ofDays(21);

    private static final Duration REPEAT = Duration.ofDays(1);

    private final Map<String, Instant> said = new HashMap<>();

    /** What is to be said now of the certificate that users of this service are shown; empty: nothing, or it has been said lately. */
    Optional<String> ofUsers(String service, Instant expires, Instant now) {
        return warning(
                service, expires, now, "browsers warn users of it", "a new one in the same files is used at once");
    }

    /** The same of the one that a side has shown us last; one that was changed since is known by the next new handshake with the side. */
    Optional<String> ofSide(String service, Side side, Instant expires, Instant now) {
        return warning(
                service + "'s " + side.name().toLowerCase(Locale.ROOT),
                expires,
                now,
                "new connections to it fail",
                "then new connections to it fail");
    }

    private Optional<String> warning(String whose, Instant expires, Instant now, String expired, String soon) {
        if (!needsAttention(expires, now)) {
            said.remove(whose);
            return Optional.empty();
        }
        var before = said.get(whose);
        if (before != null && now.isBefore(before.plus(REPEAT))) {
            return Optional.empty();
        }
        said.put(whose, now);
        long days = Duration.between(now, expires).toDays();
        return Optional.of(
                expires.isBefore(now)
                        ? "the certificate of %s has expired on %s: %s".formatted(whose, expires, expired)
                        : "the certificate of %s expires on %s, in %d days: %s".formatted(whose, expires, days, soon));
    }

    static boolean needsAttention(Instant expires, Instant now) {
        return expires.isBefore(now.plus(SOON));
    }
}
