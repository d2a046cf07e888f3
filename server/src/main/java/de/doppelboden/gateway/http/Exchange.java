package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of a user and its answer. Used by the connection's thread; the body may be read by one other (an upload). */
public final class Exchange {

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private static final int BASE = 8 * 1024;
    private static final int RELAYING = 16 * 1024;

    private final Line line;
    private final RequestHead request;
    private final Body body;
    private final boolean expectsContinue;
    private final Door.Origin origin;
    private byte @Nullable [] held;
    private boolean closes;
    private boolean asked;
    private boolean answered;
    private @Nullable Upload upload;
    private Runnable onUploaded = () -> {};

    /** @param framing of its body */
    Exchange(Line line, RequestHead request, Framing framing) throws Malformed {
        this.line = line;
        this.request = request;
        this.body = new Body(line.source(), framing, line.limits().bodyBytes(), 400);
        this.closes = !request.wantsToStay();
        this.origin = line.connection().origin(request.headers());
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

    /** What the sides are told of the user's line. */
    List<Reply.Field> forwarded() {
        return line.connection().forwarded(origin, request.host(), request.received());
    }

    /** Whether the user came by TLS. */
    public boolean secure() {
        return origin.secure();
    }

    public synchronized boolean answered() {
        return answered;
    }

    /**
     * Reads the body if it is not larger than {@link HttpLimits#heldBytes}, so that it can be offered again. Returns whether
     * it was; otherwise the rest is streamed by a {@link Call}.
     */
    public boolean hold() throws IOException {
        if (held == null) {
            int most = line.limits().heldBytes();
            if (body.framing() instanceof Framing.Length length && length.bytes() > most) {
                held = new byte[0];
            } else {
                beginBody();
                held = readHeld(most);
            }
        }
        return body.ended();
    }

    /** Bytes of memory that it takes up, about, with its thread and what is held at the side. */
    long weight() {
        var kept = held;
        int read = kept == null ? body.reading() : kept.length;
        return BASE + (answered ? RELAYING : 0) + 2L * request.size() + read;
    }

    /** What {@link #hold} has read: the whole body if it returned true, else what came before the rest. */
    public byte[] held() {
        return held == null ? new byte[0] : held;
    }

    private byte[] readHeld(int most) throws IOException {
        try {
            Memory.OF_USERS.taken(most); // twice, while it comes
            return body.read(most);
        } catch (Malformed ended) {
            throw line.reading().expired() ? new Malformed(408, "the body did not come in time") : ended;
        } finally {
            line.source().endPace();
        }
    }

    boolean hasBody() {
        return !(body.framing() instanceof Framing.None);
    }

    Body body() {
        return body;
    }

    /** Whether the user waits to be asked for her body, and has not been: the side that it is for may not want it. */
    synchronized boolean waits() {
        return expectsContinue && !asked;
    }

    /**
     * Asks for the body if the user waits to be asked (RFC 9110 section 10.1.1). False: she has been answered without it, and does not
     * send it. By the thread that answers or by the one that reads the body.
     */
    synchronized boolean beginBody() throws IOException {
        if (body.ended()) {
            return true;
        }
        if (waits()) {
            if (answered) {
                return false;
            }
            asked = true;
            line.sink().proceed();
        }
        line.source().widen();
        line.source().pace(line.limits().bodyTime(), line.limits().bodyRate());
        return true;
    }

    /** The thread that sends the rest of the body to a side; the exchange waits for its end. */
    void uploading(Upload started) {
        upload = started;
    }

    /** Runs that, on any thread, once it is known that nobody waits for the answer any more; instead of what was given before. */
    public void whenGone(Runnable leave) {
        line.whenGone(leave);
    }

    /** Whether it is known that nobody waits for the answer any more. */
    public boolean gone() {
        return line.gone();
    }

    /** Runs that, on any thread, when a side has got all of a body that is streamed to it. */
    public void whenUploaded(Runnable then) {
        onUploaded = then;
    }

    void uploaded() {
        onUploaded.run();
    }

    Line line() {
        return line;
    }

    /** Answers with a reply of our own. */
    public void reply(Reply reply) throws IOException {
        beginAnswer();
        if (!body.ended() && upload == null && !waits()) {
            hold();
        }
        closes |= !body.ended() || line.draining();
        ReplyWriter.write(line.sink(), reply, request.method().equals("HEAD"), request.http10(), closes);
    }

    /** Answers with a page or problem+json of the listener's own for this status. */
    public void refuse(int status, String detail) throws IOException {
        reply(line.handler().refusal(status, detail, request));
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

    /** Passes an interim answer on; who speaks HTTP/1.0 knows none. */
    synchronized void interim(ResponseHead head) {
        if (request.http10()) {
            return;
        }
        try {
            line.sink().interim(head.status(), head.headers());
        } catch (IOException gone) {
            log.debug("nobody left for an interim answer: {}", gone.getMessage());
        }
    }

    /** Told, while an answer goes to a user who may take her time, what it says of its side. */
    public interface Passing {

        /** Of an answer that nobody judges. */
        Passing UNSEEN = new Passing() {
            @Override
            public void delivered() {}

            @Override
            public void held() {}
        };

        /** The side has done its part: the answer is here, or so much of it that the rest comes as fast as the user takes it. */
        void delivered();

        /** The user takes nothing at the moment, and there is more to come: from now on the time is hers. Any thread. */
        void held();
    }

    /** Passes a side's answer on, of which nobody is told. */
    public Relayed relay(Call.Responded answer, List<Reply.Field> more) throws IOException {
        return relay(answer, more, Passing.UNSEEN);
    }

    /**
     * Passes a side's answer on: what of its body was read before, and the rest as it comes.
     *
     * @param more fields of our own
     */
    public Relayed relay(Call.Responded answer, List<Reply.Field> more, Passing told) throws IOException {
        beginAnswer();
        Framing framing = framing(answer, answer.read().length);
        closes |= !body.ended() || line.draining() || framing instanceof Framing.UntilClose || answer.endless();
        try (var delivery = new Delivery(line, answer, told)) {
            if (answer.endless() && body.ended()) {
                line.whenGone(answer::abandon);
                line.watch();
            }
            writeHead(answer, more, framing);
            if (delivery.whole()) {
                return Relayed.WHOLE;
            }
            closes = true;
            line.cut();
            return Relayed.SIDE_BROKE;
        } catch (IOException gone) {
            closes = true;
            return Relayed.USER_GONE;
        }
    }

    /** How the answer goes on to the user. */
    private Framing framing(Call.Responded answer, int before) {
        var side = answer.body();
        return switch (side.framing()) {
            case Framing.None none -> none;
            case Framing.Length length -> length;
            case Framing.Chunked _, Framing.UntilClose _, Framing.UntilEnd _ ->
                side.ended() ? new Framing.Length(before) : request.http10() ? Framing.UNTIL_CLOSE : Framing.CHUNKED;
        };
    }

    private void writeHead(Call.Responded answer, List<Reply.Field> more, Framing framing) throws IOException {
        var out = line.sink();
        var head = answer.head();
        boolean onlyHead = request.method().equals("HEAD") || head.status() == 304;
        out.status(head.status(), request.http10(), closes);
        ReplyWriter.copy(
                out, head, framing instanceof Framing.None && onlyHead && head.status() != 204, answer.withheld());
        ReplyWriter.fields(out, more);
        boolean empty = framing instanceof Framing.None && !onlyHead && head.status() != 204;
        out.bodyFollows(empty ? new Framing.Length(0) : framing);
    }

    private synchronized void beginAnswer() {
        if (answered) {
            throw new IllegalStateException("answered twice: " + request.method() + " " + request.path());
        }
        answered = true;
    }

    /** The user's connection, for an upgrade; HTTP/2 has none (RFC 9113 section 8.6). */
    Http1Line http1() {
        if (line instanceof Http1Line connection) {
            return connection;
        }
        throw new IllegalStateException("an upgrade on a stream of HTTP/2");
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
