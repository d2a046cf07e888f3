package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSource;
import de.doppelboden.gateway.wire.Deadline;
import de.doppelboden.gateway.wire.Memory;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream of a user's HTTP/2 connection: one request and its answer, on a virtual thread of its own. */
final class Http2Line implements Line, Runnable {

    private static final Logger log = LoggerFactory.getLogger(Http2Line.class);

    /** Its thread, and a frame that waits for the user's window. */
    private static final int BASE = 16 * 1024;

    private final UserConnection connection;
    private final Http2Codec codec;
    private final Http2FrameStream stream;
    private final Http2Headers head;
    private final Runnable onEnd;
    private final Http2Input input;
    private final Deadline reading;
    private final ByteSource source;
    private final Http2Sink sink;
    private volatile @Nullable Exchange exchange;
    private boolean reset;
    private boolean gone;
    private @Nullable Runnable onGone;

    /** @param onEnd told when nothing of the stream is under way any more */
    Http2Line(UserConnection connection, Http2Codec codec, Http2FrameStream stream, Http2Headers head, Runnable onEnd) {
        this.connection = connection;
        this.codec = codec;
        this.stream = stream;
        this.head = head;
        this.onEnd = onEnd;
        this.input = new Http2Input(count -> codec.taken(stream, count));
        this.reading = connection.deadlines().watch(() -> input.fail("the body did not come in time"));
        this.source = new ByteSource(input, reading, 0);
        this.sink = new Http2Sink(codec, stream, "https", limits().bodyTime());
        Memory.OF_USERS.taken(BASE);
    }

    /** Where the connection's thread puts what comes. */
    Http2Input input() {
        return input;
    }

    @Override
    public void run() {
        RequestHead request = null;
        try {
            request = Http2Head.request(head, limits().fields());
            var now = new Exchange(this, request, framing(request));
            exchange = now;
            handler().handle(now);
            now.finish();
        } catch (Malformed bad) {
            var during = exchange;
            if (during == null || !during.answered()) {
                refuse(bad, request);
            }
        } catch (IOException gone) {
            log.debug("a stream ended: {}", gone.getMessage());
        } catch (RuntimeException bug) {
            log.error("a request could not be handled", bug);
        } finally {
            end();
        }
    }

    /** Bytes of memory that it takes up, about. */
    long held() {
        var now = exchange;
        return BASE + input.waiting() + (now == null ? 0 : now.weight());
    }

    private Framing framing(RequestHead request) throws Malformed {
        if (Framing.of(request) instanceof Framing.Length length) {
            return length;
        }
        return input.isEmpty() ? Framing.NONE : new Framing.UntilEnd(input::trailers);
    }

    private void refuse(Malformed bad, @Nullable RequestHead request) {
        try {
            var reply = handler().refusal(bad.status(), String.valueOf(bad.getMessage()), request);
            ReplyWriter.write(sink, reply, false, false, false);
        } catch (IOException gone) {
            log.debug("nobody left to be told: {}", gone.getMessage());
        }
    }

    private void end() {
        if (!sink.sentWhole()) {
            reset(Http2Error.INTERNAL_ERROR);
        } else if (!input.isEnded()) {
            reset(Http2Error.NO_ERROR); // what still comes of the body is not wanted (RFC 9113 section 8.1)
        }
        reading.close();
        source.shrink();
        onEnd.run();
    }

    private void reset(Http2Error error) {
        if (!reset) {
            reset = true;
            codec.tell(new DefaultHttp2ResetFrame(error).stream(stream));
        }
    }

    /** The user has left, for this reason; under the codec's lock, or when nothing moves any more. */
    synchronized void left(String why) {
        gone = true;
        input.fail(why);
        if (onGone != null) {
            onGone.run();
        }
    }

    @Override
    public synchronized boolean gone() {
        return gone;
    }

    /** A user of HTTP/2 says so, or her connection ends. */
    @Override
    public void watch() {}

    @Override
    public synchronized void whenGone(Runnable leave) {
        onGone = leave;
        if (gone) {
            leave.run();
        }
    }

    @Override
    public ByteSource source() {
        return source;
    }

    @Override
    public AnswerSink sink() {
        return sink;
    }

    @Override
    public Deadline reading() {
        return reading;
    }

    @Override
    public UserConnection connection() {
        return connection;
    }

    /** The other streams go on: the connection says by itself that it is to end. */
    @Override
    public boolean draining() {
        return false;
    }

    @Override
    public void answerEnds() {
        reset(Http2Error.NO_ERROR);
        input.fail("nobody wants the rest of the body");
    }

    @Override
    public void cut() {
        reset(Http2Error.INTERNAL_ERROR);
        input.fail("the answer was cut");
    }
}
