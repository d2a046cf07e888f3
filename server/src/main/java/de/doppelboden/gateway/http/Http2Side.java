package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSink;
import de.doppelboden.gateway.wire.ByteSource;
import de.doppelboden.gateway.wire.Deadline;
import de.doppelboden.gateway.wire.Deadlines;
import de.doppelboden.gateway.wire.Wire;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of HTTP/2 to a side, shared by many requests. A thread of its own reads it; any thread asks for streams. */
final class Http2Side {

    private static final Logger log = LoggerFactory.getLogger(Http2Side.class);
    private static final Duration CANCEL = Duration.ofMillis(200);

    private final Wire wire;
    private final HttpLimits limits;
    private final Deadlines deadlines;
    private final Deadline reading;
    private final ByteSink out;
    private final Http2Codec codec;
    private final Map<Http2FrameStream, Http2Request> streams = new ConcurrentHashMap<>();
    private volatile long most = Http2Codec.STREAMS;
    private volatile boolean ending;
    private volatile boolean used;
    private volatile long quietSince;

    private Http2Side(Wire wire, HttpLimits limits, Deadlines deadlines) {
        this.wire = wire;
        this.limits = limits;
        this.deadlines = deadlines;
        this.reading = deadlines.watch(wire::close);
        this.out = new ByteSink(wire, deadlines.watch(wire::close), limits.bodyTime());
        this.codec = Http2Codec.ofSide(limits, out, this::received);
        this.quietSince = deadlines.now();
    }

    /** Begins to speak on a wire whose two ends have agreed on HTTP/2. */
    static Http2Side start(Wire wire, HttpLimits limits, Deadlines deadlines) throws IOException {
        var side = new Http2Side(wire, limits, deadlines);
        side.codec.start();
        Thread.ofVirtual().name("side").start(side::readAll);
        return side;
    }

    private void readAll() {
        var source = new ByteSource(wire, reading, ByteSource.SIDE_BYTES);
        String why = "the side closed the connection";
        try {
            while (source.fill() >= 0) {
                codec.received(source.bytes(), source.position(), source.buffered());
                source.consume(source.buffered());
                if (streams.isEmpty()) {
                    source.shrink();
                } else {
                    source.widen();
                }
            }
        } catch (IOException gone) {
            why = String.valueOf(gone.getMessage());
        } finally {
            ending = true;
            end(why);
        }
    }

    private void end(String why) {
        for (var request : streams.values()) {
            request.fail(why);
        }
        codec.ended();
        wire.close();
        reading.close();
        out.close();
    }

    /** Under the codec's lock. */
    private void received(Http2Frame frame) {
        switch (frame) {
            case Http2HeadersFrame headers -> headers(headers);
            case Http2DataFrame data -> data(data);
            case Http2ResetFrame reset -> reset(reset);
            case Http2SettingsFrame settings -> {
                var given = settings.settings().maxConcurrentStreams();
                most = given == null ? most : Math.min(given, Http2Codec.STREAMS);
            }
            case Http2GoAwayFrame goAway -> {
                ending = true;
                for (var request : streams.values()) {
                    if (request.isBehind(goAway.lastStreamId())) {
                        request.refuse();
                    }
                }
                goAway.release();
            }
            default -> ReferenceCountUtil.release(frame);
        }
    }

    private void headers(Http2HeadersFrame frame) {
        var request = streams.get(frame.stream());
        if (request == null) {
            return;
        }
        if (frame.headers().status() == null) {
            trailers(request, frame);
            return;
        }
        if (frame.isEndStream()) {
            request.input().end(Headers.NONE);
        }
        used = true;
        request.answered(frame.headers());
    }

    private void trailers(Http2Request request, Http2HeadersFrame frame) {
        try {
            request.input().end(Http2Head.trailers(frame.headers(), limits.fields(), 502));
        } catch (Malformed bad) {
            request.fail(String.valueOf(bad.getMessage()));
        }
    }

    private void data(Http2DataFrame frame) {
        var request = streams.get(frame.stream());
        codec.data(frame, request == null ? null : request.input());
    }

    private void reset(Http2ResetFrame frame) {
        var request = streams.get(frame.stream());
        if (request == null) {
            return;
        }
        if (frame.errorCode() == Http2Error.REFUSED_STREAM.code()) {
            request.refuse();
        } else {
            request.fail("the side has ended the stream");
        }
    }

    Http2Codec codec() {
        return codec;
    }

    /** A stream for one request; null if the connection takes no more, or has been quiet for so long that the side may have left it. */
    @Nullable
    Http2Request begin() {
        boolean quiet = streams.isEmpty()
                && deadlines.now() - quietSince > limits.pooledTime().toNanos();
        if (quiet) {
            close();
        }
        if (ending || streams.size() >= most) {
            return null;
        }
        var stream = codec.newStream();
        var request = new Http2Request(this, stream, used, deadlines, limits);
        streams.put(stream, request);
        if (ending) {
            request.fail("the connection has ended");
        }
        return request;
    }

    /** Whether it takes requests, now or when some have ended. */
    boolean open() {
        return !ending && wire.open();
    }

    /** The answer to this is not wanted any more. A side that does not even take that loses the connection. Does not block. */
    void cancel(Http2FrameStream stream) {
        Thread.ofVirtual().name("cancel").start(() -> {
            var reset = new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(stream);
            if (!codec.tellWithin(reset, CANCEL)) {
                log.debug("a side takes nothing any more");
                wire.close();
            }
        });
    }

    void ended(Http2FrameStream stream) {
        streams.remove(stream);
        quietSince = deadlines.now();
        if (ending && streams.isEmpty()) {
            wire.close();
        }
    }

    /** Takes no more requests; ends when those that are under way have. */
    void close() {
        ending = true;
        if (streams.isEmpty()) {
            wire.close();
        }
    }
}
