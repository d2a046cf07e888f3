package de.doppelboden.gateway.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as a side gets it: written anew from what the user sent.
 *
 * @param headers the user's fields, passed on but those of her connection and those in {@code without}; null for none
 * @param without lower-case prefixes of names that are not passed on
 * @param fields our own
 * @param body whole, or what was read of it so far; null for none
 */
public record SideRequest(
        String method,
        String target,
        @Nullable Headers headers,
        List<String> without,
        List<Reply.Field> fields,
        byte @Nullable [] body) {

    private static final List<String> FORWARDED = List.of("forwarded", "x-forwarded-", "x-real-ip");

    public SideRequest {
        without = List.copyOf(without);
        fields = List.copyOf(fields);
    }

    /** The user's request, with what is known about her connection in place of what she claims about it. */
    public static SideRequest of(Exchange exchange) {
        var request = exchange.request();
        var fields = new ArrayList<Reply.Field>(6);
        String user = exchange.user().getHostAddress();
        String scheme = exchange.secure() ? "https" : "http";
        fields.add(new Reply.Field("X-Forwarded-For", user));
        fields.add(new Reply.Field("X-Forwarded-Proto", scheme));
        fields.add(new Reply.Field("X-Forwarded-Host", request.host()));
        String quoted = user.indexOf(':') >= 0 ? "\"[" + user + "]\"" : user;
        fields.add(new Reply.Field("Forwarded", "for=" + quoted + ";host=\"" + request.host() + "\";proto=" + scheme));
        fields.add(new Reply.Field("Via", "1.1 doppelboden"));
        return new SideRequest(
                request.method(),
                request.target(),
                request.headers(),
                FORWARDED,
                fields,
                exchange.hasBody() ? exchange.held() : null);
    }

    /** A request of our own. */
    public static SideRequest get(String target, List<Reply.Field> fields) {
        return new SideRequest("GET", target, null, List.of(), fields, null);
    }

    public SideRequest with(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Reply.Field(name, value));
        return new SideRequest(method, target, headers, without, more, body);
    }

    /** Leaves out the user's fields whose name begins so, in lower case. */
    public SideRequest without(String prefix) {
        var more = new ArrayList<>(without);
        more.add(prefix);
        return new SideRequest(method, target, headers, more, fields, body);
    }

    public SideRequest at(String newMethod, String newTarget) {
        return new SideRequest(newMethod, newTarget, headers, without, fields, body);
    }

    public SideRequest withBody(byte @Nullable [] other) {
        return new SideRequest(method, target, headers, without, fields, other);
    }

    boolean safe() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    /**
     * Writes the head, and the body if it is whole.
     *
     * @param rest how the body goes on after {@code body}; null if it is whole
     */
    void write(ByteSink out, String authority, @Nullable Framing rest, @Nullable String upgrade) throws IOException {
        out.put(method);
        out.put(" ");
        out.put(target);
        out.put(" HTTP/1.1\r\n");
        if (headers == null || !headers.has("host")) {
            out.put("Host: ");
            out.put(authority);
            out.put(ByteSink.CRLF);
        }
        if (headers != null) {
            passOn(headers, out);
        }
        ReplyWriter.fields(out, fields);
        if (upgrade != null) {
            out.put("Connection: Upgrade\r\nUpgrade: ");
            out.put(upgrade);
            out.put(ByteSink.CRLF);
        }
        length(out, rest);
        out.put(ByteSink.CRLF);
        if (rest == null && body != null) {
            out.put(body);
        }
    }

    private void length(ByteSink out, @Nullable Framing rest) throws IOException {
        if (rest instanceof Framing.Chunked) {
            out.put("Transfer-Encoding: chunked\r\n");
        } else if (rest instanceof Framing.Length length) {
            ReplyWriter.length(out, length.bytes());
        } else if (body != null) {
            ReplyWriter.length(out, body.length);
        } else if (method.equals("POST") || method.equals("PUT")) {
            out.put("Content-Length: 0\r\n");
        }
    }

    private void passOn(Headers userHeaders, ByteSink out) throws IOException {
        var hop = new HopByHop(userHeaders);
        for (int i = 0; i < userHeaders.count(); i++) {
            if (!hop.is(i) && !left(userHeaders, i)) {
                userHeaders.write(i, out);
            }
        }
    }

    private boolean left(Headers userHeaders, int i) {
        for (String prefix : without) {
            if (userHeaders.startsWith(i, prefix)) {
                return true;
            }
        }
        return false;
    }
}
