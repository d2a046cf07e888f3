package de.doppelboden.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
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
 * @param trailers of a whole body
 */
public record SideRequest(
        String method,
        String target,
        @Nullable Headers headers,
        List<String> without,
        List<Reply.Field> fields,
        byte @Nullable [] body,
        Headers trailers) {

    private static final List<String> FORWARDED = List.of("forwarded", "x-forwarded-", "x-real-ip");

    public SideRequest {
        without = List.copyOf(without);
        fields = List.copyOf(fields);
    }

    /** The user's request, with what is known about her connection in place of what she claims about it. */
    public static SideRequest of(Exchange exchange) {
        var request = exchange.request();
        var whole = new SideRequest(
                request.method(),
                request.target(),
                request.headers(),
                FORWARDED,
                exchange.forwarded(),
                exchange.hasBody() ? exchange.held() : null,
                exchange.body().trailers());
        var forwards = request.forwards();
        return forwards.isEmpty()
                ? whole
                : whole.without("max-forwards").with("Max-Forwards", Integer.toString(forwards.getAsInt() - 1));
    }

    /** A request of our own. */
    public static SideRequest get(String target, List<Reply.Field> fields) {
        return new SideRequest("GET", target, null, List.of(), fields, null, Headers.NONE);
    }

    public static SideRequest post(String target, List<Reply.Field> fields, byte[] body) {
        return new SideRequest("POST", target, null, List.of(), fields, body, Headers.NONE);
    }

    public SideRequest with(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Reply.Field(name, value));
        return new SideRequest(method, target, headers, without, more, body, trailers);
    }

    /** Leaves out the user's fields whose name begins so, in lower case. */
    public SideRequest without(String prefix) {
        var more = new ArrayList<>(without);
        more.add(prefix);
        return new SideRequest(method, target, headers, more, fields, body, trailers);
    }

    public SideRequest at(String newMethod, String newTarget) {
        return new SideRequest(newMethod, newTarget, headers, without, fields, body, trailers);
    }

    public SideRequest withBody(byte @Nullable [] other) {
        return new SideRequest(method, target, headers, without, fields, other, Headers.NONE);
    }

    /** Brings what may make the connection its user's (RFC 4559). */
    boolean authenticatesConnection() {
        return headers != null
                && headers.first("authorization")
                        .filter(ResponseHead::ofConnections)
                        .isPresent();
    }

    boolean safe() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    /**
     * Writes the head, and the body if it is whole.
     *
     * @param rest how the body goes on after {@code body}; null if it is whole
     * @param asks whether the side is to say first that it wants the body (RFC 9110 section 10.1.1)
     */
    void write(RequestSink out, String authority, @Nullable Framing rest, boolean asks, @Nullable String upgrade)
            throws IOException {
        out.request(
                method,
                target,
                headers == null ? authority : headers.first("host").orElse(authority));
        boolean takesTrailers = headers != null && passOn(headers, out);
        ReplyWriter.fields(out, fields);
        if (asks) {
            out.field("Expect", "100-continue");
        }
        if (upgrade != null) {
            out.field("Connection", "Upgrade");
            out.field("Upgrade", upgrade);
        } else if (takesTrailers) {
            out.takesTrailers();
        }
        out.bodyFollows(rest == null ? framing() : rest);
        if (rest == null) {
            if (body != null) {
                out.body(ByteBuffer.wrap(body));
            }
            out.end(trailers);
        }
    }

    /** Of a body that is whole. */
    private Framing framing() {
        if (body != null) {
            return trailers.count() > 0 ? Framing.CHUNKED : new Framing.Length(body.length);
        }
        return method.equals("POST") || method.equals("PUT") ? new Framing.Length(0) : Framing.NONE;
    }

    /** Whether the user takes trailers: how she says so is a matter of her connection, that she does is not. */
    private boolean passOn(Headers userHeaders, RequestSink out) throws IOException {
        var hop = new HopByHop(userHeaders);
        boolean takesTrailers = false;
        for (int i = 0; i < userHeaders.count(); i++) {
            if (hop.is(i)) {
                takesTrailers |= userHeaders.named(i, "te") && hop.takesTrailers(i);
            } else if (!userHeaders.named(i, "host") && !left(userHeaders, i)) {
                out.field(userHeaders, i);
            }
        }
        return takesTrailers;
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
