package de.doppelboden.configuration;

import java.net.InetSocketAddress;

/** Where a listener listens: {@code host:port}, an IPv6 host in brackets. Port 0 lets the system choose. */
public record Address(String host, int port) {

    public static Address parse(String text) {
        String stripped = text.strip();
        int colon = stripped.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("no port");
        }
        long port = Numbers.whole(stripped.substring(colon + 1));
        if (port > 65_535) {
            throw new IllegalArgumentException("no such port");
        }
        return new Address(host(stripped.substring(0, colon)), (int) port);
    }

    private static String host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return text.substring(1, text.length() - 1);
        }
        if (text.isBlank() || text.contains(":") || text.contains("/") || text.contains(" ")) {
            throw new IllegalArgumentException("no host");
        }
        return text;
    }

    /** The address for a socket; the host is looked up now. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
