package de.doppelboden.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Says in time, and once a day, that a certificate expires. One thread. */
final class CertificateWatch {

    /** So long before its end a certificate needs somebody's attention. */
    static final Duration SOON = Duration.ofDays(21);

    private static final Duration REPEAT = Duration.ofDays(1);

    private final Map<String, Instant> said = new HashMap<>();

    /** What is to be said now of the certificate of this service; empty: nothing, or it has been said lately. */
    Optional<String> warning(String service, Instant expires, Instant now) {
        if (!needsAttention(expires, now)) {
            said.remove(service);
            return Optional.empty();
        }
        var before = said.get(service);
        if (before != null && now.isBefore(before.plus(REPEAT))) {
            return Optional.empty();
        }
        said.put(service, now);
        return Optional.of(
                expires.isBefore(now)
                        ? "the certificate of %s has expired on %s: browsers warn users of it"
                                .formatted(service, expires)
                        : "the certificate of %s expires on %s, in %d days: a new one in the same files is used at once"
                                .formatted(
                                        service,
                                        expires,
                                        Duration.between(now, expires).toDays()));
    }

    static boolean needsAttention(Instant expires, Instant now) {
        return expires.isBefore(now.plus(SOON));
    }
}
