package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;
import static de.doppelboden.configuration.Key.withDefault;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Load balancers and proxies in front of our listeners. What others say about whom they come for does not count.
 *
 * @param header in which the trusted ones say it; the other one is never believed, since a user may have sent it
 */
public record ProxySettings(List<Network> trusted, Header header) {

    /** Nobody is in front of us. */
    public static final ProxySettings NONE = new ProxySettings(List.of(), Header.X_FORWARDED_FOR);

    /** How proxies say it. */
    public enum Header {
        /** With X-Forwarded-Proto. */
        X_FORWARDED_FOR,
        /** RFC 7239. */
        FORWARDED
    }

    /** Who a request is from, and whether she came by TLS. */
    public record Origin(InetAddress user, boolean secure) {}

    static ProxySettings read(Section in) {
        return new ProxySettings(
                in.values(
                        optional(
                                "trusted",
                                "Their addresses or networks, as `10.1.2.3` or `10.0.0.0/8`; none by default"),
                        Network::parse),
                in.choice(
                        withDefault("header", "x-forwarded-for", "In which they say for whom they come"),
                        Header.class));
    }

    public boolean trusts(InetAddress peer) {
        return !trusted.isEmpty() && trusted.stream().anyMatch(network -> network.contains(peer));
    }

    /**
     * Goes back from proxy to proxy as long as they are trusted.
     *
     * @param peer who is connected to us
     * @param fields the request's values of a header, by its name in lower case, in their order
     */
    public Origin origin(InetAddress peer, boolean tls, Function<String, List<String>> fields) {
        if (!trusts(peer)) {
            return new Origin(peer, tls);
        }
        return switch (header) {
            case X_FORWARDED_FOR ->
                new Origin(
                        user(peer, parts(fields.apply("x-forwarded-for"))),
                        tls
                                || parts(fields.apply("x-forwarded-proto")).reversed().stream()
                                        .findFirst()
                                        .filter("https"::equals)
                                        .isPresent());
            case FORWARDED -> {
                List<String> elements = parts(fields.apply("forwarded"));
                List<String> users = elements.stream()
                        .map(e -> parameter(e, "for").orElse("unknown"))
                        .toList();
                boolean https = !elements.isEmpty()
                        && parameter(elements.getLast(), "proto")
                                .filter("https"::equals)
                                .isPresent();
                yield new Origin(user(peer, users), tls || https);
            }
        };
    }

    private InetAddress user(InetAddress peer, List<String> hops) {
        InetAddress user = peer;
        for (String hop : hops.reversed()) {
            Optional<InetAddress> address = address(hop);
            if (address.isEmpty()) {
                return user; // obfuscated or nonsense: the last one that is known
            }
            user = address.get();
            if (!trusts(user)) {
                return user;
            }
        }
        return user;
    }

    private static List<String> parts(List<String> lines) {
        List<String> parts = new ArrayList<>();
        lines.forEach(line -> {
            for (String part : line.split(",", 100)) {
                parts.add(part.strip().toLowerCase(Locale.ROOT));
            }
        });
        return parts;
    }

    private static Optional<String> parameter(String element, String name) {
        for (String pair : element.split(";", 20)) {
            String[] both = pair.strip().split("=", 2);
            if (both.length == 2 && both[0].equals(name)) {
                return Optional.of(both[1].replace("\"", ""));
            }
        }
        return Optional.empty();
    }

    /** An address as proxies write it: with a port or without, IPv6 in brackets. */
    private static Optional<InetAddress> address(String hop) {
        String bare = hop.startsWith("[") && hop.indexOf(']') > 0
                ? hop.substring(1, hop.indexOf(']'))
                : hop.indexOf(':') == hop.lastIndexOf(':') ? hop.replaceAll(":.*", "") : hop;
        try {
            return Optional.of(Network.literal(bare));
        } catch (IllegalArgumentException nonsense) {
            return Optional.empty();
        }
    }
}
