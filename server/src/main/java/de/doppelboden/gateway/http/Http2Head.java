package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.Memory;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Heads that came by HTTP/2, written as HTTP/1.1 heads: one reader of heads then holds both to the same rules. What could not be
 * the same message there is refused before (RFC 9113 sections 8.2 and 10.3).
 */
final class Http2Head {

    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");

    private Http2Head() {}

    static RequestHead request(Http2Headers from, int maxFields) throws Malformed {
        String method = one(from, ":method", 400);
        String path = one(from, ":path", 400);
        String scheme = one(from, ":scheme", 400);
        if (method == null || path == null || scheme == null) {
            throw new Malformed(400, "a request without method, scheme or path");
        }
        int size = size(from);
        Memory.OF_USERS.taken(2 * size);
        var text =
                new StringBuilder(size).append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        String authority = one(from, ":authority", 400);
        if (authority != null) {
            for (var host : from.getAll("host")) {
                if (!authority.equalsIgnoreCase(host.toString())) {
                    throw new Malformed(400, "a Host that is not the authority");
                }
            }
            text.append("host: ").append(authority).append("\r\n");
        }
        fields(from, authority != null, text, 400);
        return RequestHead.parse(bytes(text), true, maxFields);
    }

    /** Characters that it takes, about. */
    private static int size(Http2Headers from) {
        int size = 64;
        for (var field : from) {
            size += field.getKey().length() + field.getValue().length() + 4;
        }
        return size;
    }

    static ResponseHead answer(Http2Headers from, int maxFields) throws Malformed {
        String status = one(from, ":status", 502);
        if (status == null || status.length() != 3) {
            throw new Malformed(502, "the side's answer has no status");
        }
        var text = new StringBuilder(512).append("HTTP/1.1 ").append(status).append(" \r\n");
        fields(from, false, text, 502);
        return ResponseHead.parse(bytes(text), true, maxFields);
    }

    /** @param status what the sender of bad ones is told */
    static Headers trailers(Http2Headers from, int maxFields, int status) throws Malformed {
        var text = new StringBuilder(64);
        fields(from, false, text, status);
        return Headers.parse(bytes(text), 0, maxFields, status);
    }

    private static byte[] bytes(StringBuilder text) {
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String one(Http2Headers from, String name, int status) throws Malformed {
        var all = from.getAll(name);
        if (all.size() > 1) {
            throw new Malformed(status, "more than one " + name);
        }
        return all.isEmpty() ? null : checked(all.getFirst(), status);
    }

    private static void fields(Http2Headers from, boolean withoutHost, StringBuilder text, int status)
            throws Malformed {
        StringBuilder cookies = null;
        for (var field : from) {
            String name = field.getKey().toString();
            String value = checked(field.getValue(), status);
            if (name.startsWith(":") || (withoutHost && name.equals("host"))) {
                continue;
            }
            if (name.equals("cookie")) { // one field for those who know one only (RFC 9113 section 8.2.3)
                cookies = cookies == null
                        ? new StringBuilder(value)
                        : cookies.append("; ").append(value);
                continue;
            }
            check(name, value, status);
            text.append(name).append(": ").append(value).append("\r\n");
        }
        if (cookies != null) {
            text.append("cookie: ").append(cookies).append("\r\n");
        }
    }

    private static void check(String name, String value, int status) throws Malformed {
        boolean ofConnection = OF_CONNECTIONS.contains(name) || (name.equals("te") && !value.equals("trailers"));
        if (ofConnection) {
            throw new Malformed(status, "a field of the connection, which HTTP/2 does not have: " + name);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > '~' || !Chars.token((byte) c) || (c >= 'A' && c <= 'Z')) {
                throw new Malformed(status, "a header field name with a character that is not allowed in it");
            }
        }
    }

    /** Nothing in it could end a line. */
    private static String checked(CharSequence value, int status) throws Malformed {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 255 || !Chars.value((byte) c)) {
                throw new Malformed(status, "a control character in a header field");
            }
        }
        return value.toString();
    }
}
