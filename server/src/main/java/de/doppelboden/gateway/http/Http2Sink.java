package de.doppelboden.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a message on a stream of HTTP/2 (RFC 9113 section 8.1). */
final class Http2Sink implements AnswerSink, RequestSink {

    private static final int PIECE = 16 * 1024;

    private final Http2Codec codec;
    private final Http2FrameStream stream;
    private final String scheme;
    private final Duration patience;
    private Http2Headers head = new DefaultHttp2Headers(false);
    private boolean headWaits;
    private @Nullable ByteBuf waiting;
    private @Nullable Http2Headers trailing;
    private boolean whole;
    private boolean sentWhole;

    /** @param patience how long a peer may take nothing */
    Http2Sink(Http2Codec codec, Http2FrameStream stream, String scheme, Duration patience) {
        this.codec = codec;
        this.stream = stream;
        this.scheme = scheme;
        this.patience = patience;
    }

    @Override
    public void proceed() throws IOException {
        interim(100, Headers.NONE);
    }

    @Override
    public void interim(int status, Headers fields) throws IOException {
        var interim = new DefaultHttp2Headers(false).status(Integer.toString(status));
        var hop = new HopByHop(fields);
        for (int i = 0; i < fields.count(); i++) {
            if (!hop.is(i)) {
                interim.add(fields.name(i).toLowerCase(Locale.ROOT), fields.value(i));
            }
        }
        codec.send(List.of(new DefaultHttp2HeadersFrame(interim).stream(stream)), patience);
    }

    /** A connection of HTTP/2 outlives its answers. */
    @Override
    public void status(int status, boolean http10, boolean closes) {
        head.status(Integer.toString(status));
    }

    @Override
    public void request(String method, String target, String host) {
        head.method(method).scheme(scheme).authority(host).path(target);
    }

    @Override
    public void field(Headers from, int i) {
        field(from.name(i), from.value(i));
    }

    @Override
    public void field(String name, String value) {
        head.add(name.toLowerCase(Locale.ROOT), value);
    }

    @Override
    public void bodyFollows(Framing framing) {
        if (framing instanceof Framing.Length length) {
            field("content-length", Long.toString(length.bytes()));
        }
        headWaits = true;
    }

    @Override
    public void body(ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            var buffer = waiting;
            if (buffer == null) {
                buffer = Unpooled.buffer(Math.min(PIECE, Math.max(piece.remaining(), 512)), PIECE);
                waiting = buffer;
            }
            int some = Math.min(piece.remaining(), PIECE - buffer.readableBytes());
            buffer.writeBytes(piece.slice(piece.position(), some));
            piece.position(piece.position() + some);
            if (buffer.readableBytes() == PIECE && piece.hasRemaining()) {
                flush();
            }
        }
    }

    @Override
    public void end(Headers trailers) {
        var hop = new HopByHop(trailers);
        for (int i = 0; i < trailers.count(); i++) {
            if (!hop.forbiddenInTrailers(i)) {
                if (trailing == null) {
                    trailing = new DefaultHttp2Headers(false);
                }
                trailing.add(trailers.name(i).toLowerCase(Locale.ROOT), trailers.value(i));
            }
        }
        whole = true;
    }

    @Override
    public void takesTrailers() {
        field("te", "trailers");
    }

    @Override
    public void sent() throws IOException {
        flush();
    }

    @Override
    public void flush() throws IOException {
        var frames = new ArrayList<Http2StreamFrame>(3);
        boolean bare = whole && trailing == null;
        var data = waiting;
        waiting = null;
        if (headWaits) {
            headWaits = false;
            frames.add(new DefaultHttp2HeadersFrame(head, bare && data == null).stream(stream));
        }
        boolean ends = whole && !sentWhole && (trailing == null);
        if (data != null || (ends && frames.isEmpty())) {
            frames.add(new DefaultHttp2DataFrame(data == null ? Unpooled.EMPTY_BUFFER : data, bare).stream(stream));
        }
        if (whole && trailing != null && !sentWhole) {
            frames.add(new DefaultHttp2HeadersFrame(trailing, true).stream(stream));
        }
        sentWhole |= whole;
        if (!frames.isEmpty()) {
            codec.send(frames, patience);
        }
    }

    /** Whether the peer has got all of the message. */
    boolean sentWhole() {
        return sentWhole;
    }
}
