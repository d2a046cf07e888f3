package de.doppelboden.gateway.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request of a user and its answer. Used by the connection's thread; the body may be read by one other (an upload). */
public final class Exchange {

    private final UserConnection connection;
    private final RequestHead request;
    private final Body body;
    private final boolean expectsContinue;
    private final Door.Origin origin;
    private byte @Nullable [] held;
    private boolean closes;
    private boolean answered;
    private @Nullable Upload upload;

    Exchange(UserConnection connection, RequestHead request) throws Malformed {
        this.connection = connection;
        this.request = request;
        this.body = new Body(
                connection.source(), Framing.of(request), connection.limits().bodyBytes(), 400);
        this.closes = !request.wantsToStay();
        this.origin = connection.origin(request.headers());
        this.expectsContinue = expectation(request) && !body.ended();
    }

    private static boolean expectation(RequestHead request) throws Malformed {
        var expect = request.headers().first("expect");
        if (expect.isEmpty() || request.http10()) {
            return false;
        }
        if (!expect.get().equalsIgnoreCase("100-continue")) {
            throw new Malformed(417, "an expectation other than 100-continue");
        }
        return true;
    }

    public RequestHead request() {
        return request;
    }

    /** Who asks; behind a trusted proxy the one whom it names. */
    public InetAddress user() {
        return origin.user();
    }

    /** Whether the user came by TLS. */
    public boolean secure() {
        return origin.secure();
    }

    public boolean answered() {
        return answered;
    }

    /**
     * Reads the body if it is not larger than {@link HttpLimits#heldBytes}, so that it can be offered again. Returns whether
     * it was; otherwise the rest is streamed by a {@link Call}.
     */
    public boolean hold() throws IOException {
        if (held == null) {
            int most = connection.limits().heldBytes();
            if (body.framing() instanceof Framing.Length length && length.bytes() > most) {
                held = new byte[0];
            } else {
                beginBody();
                held = readHeld(most);
            }
        }
        return body.ended();
    }

    /** What {@link #hold} has read: the whole body if it returned true, else what came before the rest. */
    public byte[] held() {
        return held == null ? new byte[0] : held;
    }

    private byte[] readHeld(int most) throws IOException {
        try {
            return body.read(most);
        } catch (Malformed ended) {
            throw connection.reading().expired() ? new Malformed(408, "the body did not come in time") : ended;
        } finally {
            connection.source().endPace();
        }
    }

    boolean hasBody() {
        return !(body.framing() instanceof Framing.None);
    }

    Body body() {
        return body;
    }

    /** Asks for the body if the user waits to be asked (RFC 9110 section 10.1.1: we are the server that she speaks to). */
    void beginBody() throws IOException {
        if (body.ended()) {
            return;
        }
        if (expectsContinue) {
            connection.sink().put("HTTP/1.1 100 Continue\r\n\r\n");
            connection.sink().flush();
        }
        connection.source().widen();
        connection
                .source()
                .pace(connection.limits().bodyTime(), connection.limits().bodyRate());
    }

    /** The thread that sends the rest of the body to a side; the exchange waits for its end. */
    void uploading(Upload started) {
        upload = started;
    }

    UserConnection connection() {
        return connection;
    }

    /** Answers with a reply of our own. */
    public void reply(Reply reply) throws IOException {
        beginAnswer();
        if (!body.ended() && upload == null && !expectsContinue) {
            hold();
        }
        closes |= !body.ended() || connection.draining();
        ReplyWriter.write(connection.sink(), reply, request.method().equals("HEAD"), request.http10(), closes);
        connection.sink().flush();
    }

    /** Answers with a page or problem+json of the listener's own for this status. */
    public void refuse(int status, String detail) throws IOException {
        reply(connection.handler().refusal(status, detail, request));
    }

    /** How an answer came to its end. */
    public enum Relayed {
        /** The user has all of it. */
        WHOLE,
        /** The side stopped within its answer; the user sees that it is cut off. */
        SIDE_BROKE,
        /** The user went away. */
        USER_GONE
    }

    /**
     * Passes a side's answer on: what of its body was read before, and the rest as it comes.
     *
     * @param more fields of our own
     */
    public Relayed relay(Call.Responded answer, List<Reply.Field> more) throws IOException {
        beginAnswer();
        var side = answer.body();
        byte[] before = answer.read();
        boolean unknownLength = !side.ended()
                && (side.framing() instanceof Framing.Chunked || side.framing() instanceof Framing.UntilClose);
        boolean chunked = unknownLength && !request.http10();
        closes |= !body.ended() || connection.draining() || (unknownLength && !chunked);
        try {
            writeHead(answer, more, chunked, before.length);
            return copy(answer, before, chunked);
        } catch (IOException gone) {
            closes = true;
            return Relayed.USER_GONE;
        } finally {
            answer.source().endPace();
        }
    }

    private void writeHead(Call.Responded answer, List<Reply.Field> more, boolean chunked, int before)
            throws IOException {
        var out = connection.sink();
        var head = answer.head();
        var framing = answer.body().framing();
        boolean bodiless = framing instanceof Framing.None
                && (request.method().equals("HEAD") || head.status() == 304 || head.status() == 204);
        ReplyWriter.status(out, head.status());
        ReplyWriter.copy(out, head.headers(), bodiless && head.status() != 204, answer.withheld());
        ReplyWriter.fields(out, more);
        if (chunked) {
            out.put("Transfer-Encoding: chunked\r\n");
        } else if (framing instanceof Framing.Length length) {
            ReplyWriter.length(out, length.bytes());
        } else if (answer.body().ended() && !bodiless) {
            ReplyWriter.length(out, before);
        }
        ReplyWriter.connection(out, request.http10(), closes);
    }

    private Relayed copy(Call.Responded answer, byte[] before, boolean chunked) throws IOException {
        var out = connection.sink();
        var side = answer.body();
        piece(out, before, 0, before.length, chunked);
        answer.source().pace(connection.limits().bodyTime(), connection.limits().bodyRate());
        while (true) {
            if (!side.ready()) {
                out.flush();
            }
            int count;
            try {
                count = side.available();
            } catch (IOException broken) {
                closes = true;
                connection.wire().close(); // without an end, so that the user sees the cut
                return Relayed.SIDE_BROKE;
            }
            if (count < 0) {
                break;
            }
            piece(out, answer.source().bytes(), answer.source().position(), count, chunked);
            side.consume(count);
        }
        if (chunked) {
            BodyWriter.end(out, side.trailers());
        }
        out.flush();
        return Relayed.WHOLE;
    }

    private static void piece(ByteSink out, byte[] bytes, int from, int count, boolean chunked) throws IOException {
        if (count == 0) {
            return;
        }
        if (chunked) {
            BodyWriter.chunk(out, bytes, from, count);
        } else {
            out.put(bytes, from, count);
        }
    }

    private void beginAnswer() {
        if (answered) {
            throw new IllegalStateException("answered twice: " + request.method() + " " + request.path());
        }
        answered = true;
    }

    /** The connection has become a tunnel and ends with it. */
    void becameTunnel() {
        beginAnswer();
        closes = true;
    }

    /** True if the connection can take another request. */
    boolean finish() throws IOException {
        if (!answered) {
            refuse(500, "the request was not answered");
        }
        if (upload != null) {
            upload.finish();
        }
        return !closes;
    }
}
