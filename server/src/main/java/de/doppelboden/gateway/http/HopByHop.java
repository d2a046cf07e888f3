package de.doppelboden.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which fields of one message speak only about its connection and are never passed on (RFC 9110 section 7.6.1). */
final class HopByHop {

    /** Naming these in Connection would take from a server what it decides by. */
    private static final Set<String> NEVER_TAKEN =
            Set.of("host", "cookie", "authorization", "content-type", "cache-control", "set-cookie", "location");

    private final Headers headers;
    private final List<String> nominated;

    HopByHop(Headers headers) {
        this.headers = headers;
        this.nominated = nominated(headers);
    }

    boolean is(int i) {
        return switch (headers.nameLength(i)) {
                    case 2 -> headers.named(i, "te");
                    case 5 ->
                        headers.named(
                                i, "proxy"); // CGI makes HTTP_PROXY of it, which libraries believe (CVE-2016-5385)
                    case 6 -> headers.named(i, "expect");
                    case 7 -> headers.named(i, "upgrade");
                    case 10 -> headers.named(i, "connection") || headers.named(i, "keep-alive");
                    case 14 -> headers.named(i, "content-length");
                    case 16 -> headers.named(i, "proxy-connection");
                    case 17 -> headers.named(i, "transfer-encoding");
                    case 18 -> headers.named(i, "proxy-authenticate");
                    case 19 -> headers.named(i, "proxy-authorization");
                    default -> false;
                }
                || (!nominated.isEmpty() && isNominated(i));
    }

    private boolean isNominated(int i) {
        for (String name : nominated) {
            if (headers.named(i, name)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> nominated(Headers headers) {
        int at = headers.indexOf("connection", 0);
        if (at < 0) {
            return List.of();
        }
        String only = headers.value(at);
        if (only.equalsIgnoreCase("keep-alive") || only.equalsIgnoreCase("close")) {
            at = headers.indexOf("connection", at + 1);
        }
        var names = new ArrayList<String>();
        for (; at >= 0; at = headers.indexOf("connection", at + 1)) {
            for (String token : headers.value(at).split(",", -1)) {
                String name = token.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !NEVER_TAKEN.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Whether this field of the name TE says so; a weight does not matter (RFC 9110 section 10.1.4). */
    boolean takesTrailers(int te) {
        for (String coding : headers.value(te).split(",", -1)) {
            if (coding.split(";", 2)[0].strip().equalsIgnoreCase("trailers")) {
                return true;
            }
        }
        return false;
    }

    /** Trailers may not change how the message is read (RFC 9110 section 6.5.1). */
    boolean forbiddenInTrailers(int i) {
        return is(i)
                || headers.named(i, "host")
                || headers.startsWith(i, "content-")
                || headers.named(i, "authorization")
                || headers.named(i, "cookie")
                || headers.named(i, "set-cookie")
                || headers.named(i, "location")
                || headers.named(i, "cache-control");
    }
}
