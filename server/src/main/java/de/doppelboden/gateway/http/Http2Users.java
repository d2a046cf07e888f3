package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSource;
import de.doppelboden.gateway.wire.Deadline;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A user's connection as HTTP/2. The connection's thread reads frames; each request has a thread of its own. */
final class Http2Users implements UserConnection.Protocol {

    private final UserConnection connection;
    private final HttpLimits limits;
    private final Deadline reading;
    private final ByteSource source;
    private final Http2Codec codec;
    private final Map<Http2FrameStream, Http2Line> streams = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();

    Http2Users(UserConnection connection) {
        this.connection = connection;
        this.limits = connection.limits();
        this.reading = connection.reading();
        this.source = new ByteSource(connection.wire(), reading, ByteSource.USER_BYTES);
        this.codec = Http2Codec.ofUsers(limits, connection.sink(), this::received);
    }

    @Override
    public void serve() throws IOException {
        try {
            codec.start();
            while (source.fill() >= 0) {
                codec.received(source.bytes(), source.position(), source.buffered());
                source.consume(source.buffered());
                if (running.get() > 0) {
                    source.widen();
                } else {
                    source.shrink();
                }
            }
        } finally {
            left();
            codec.ended();
        }
    }

    /** Under the codec's lock. */
    private void received(Http2Frame frame) {
        switch (frame) {
            case Http2HeadersFrame headers -> headers(headers);
            case Http2DataFrame data -> data(data);
            case Http2ResetFrame reset -> {
                var line = streams.remove(reset.stream());
                if (line != null) {
                    line.left("the user does not want an answer any more");
                }
            }
            default -> ReferenceCountUtil.release(frame);
        }
    }

    private void headers(Http2HeadersFrame frame) {
        var known = streams.get(frame.stream());
        if (known != null) {
            trailers(known, frame);
        } else if (running.get() >= Http2Codec.STREAMS) { // those that were reset meanwhile count until they have ended
            codec.tell(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM).stream(frame.stream()));
        } else {
            begin(frame);
        }
    }

    private void begin(Http2HeadersFrame frame) {
        var stream = frame.stream();
        var line = new Http2Line(connection, codec, stream, frame.headers(), () -> ended(stream));
        if (frame.isEndStream()) {
            line.input().end(Headers.NONE);
        }
        streams.put(stream, line);
        running.incrementAndGet();
        reading.clear();
        Thread.ofVirtual().name("stream").start(line);
    }

    private void trailers(Http2Line line, Http2HeadersFrame frame) {
        try {
            line.input().end(Http2Head.trailers(frame.headers(), limits.fields(), 400));
        } catch (Malformed bad) {
            line.input().fail(String.valueOf(bad.getMessage()));
        }
    }

    private void data(Http2DataFrame frame) {
        var line = streams.get(frame.stream());
        codec.data(frame, line == null ? null : line.input());
    }

    /** A stream's thread has done its work. */
    private void ended(Http2FrameStream stream) {
        streams.remove(stream);
        codec.alone(() -> {
            if (running.decrementAndGet() == 0) {
                reading.within(limits.idleTime());
                if (connection.draining()) {
                    connection.wire().endInput();
                }
            }
        });
    }

    @Override
    public void left() {
        streams.values().forEach(line -> line.left("the user went away"));
    }

    @Override
    public long held() {
        long sum = source.size() + connection.sink().size();
        for (var line : streams.values()) {
            sum += line.held();
        }
        return sum;
    }

    @Override
    public void drain() {
        codec.tell(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        codec.alone(() -> {
            if (running.get() == 0) {
                connection.wire().endInput();
            }
        });
    }
}
