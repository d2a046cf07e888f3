package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSource;
import de.doppelboden.gateway.wire.Deadline;
import de.doppelboden.gateway.wire.Deadlines;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One request on a stream of a connection to a side. */
final class Http2Request implements SideLine {

    private final Http2Side side;
    private final Http2FrameStream stream;
    private final Http2Input input;
    private final Deadline deadline;
    private final ByteSource source;
    private final Http2Sink sink;
    private final boolean used;
    private final ArrayDeque<Http2Headers> heads = new ArrayDeque<>();
    private @Nullable String broken;
    private volatile boolean untouched;

    /** @param used whether the connection has answered before */
    Http2Request(Http2Side side, Http2FrameStream stream, boolean used, Deadlines deadlines, HttpLimits limits) {
        this.side = side;
        this.stream = stream;
        this.used = used;
        this.input = new Http2Input(count -> side.codec().taken(stream, count));
        this.deadline = deadlines.watch(this::abort);
        this.source = new ByteSource(input, deadline, 0);
        this.sink = new Http2Sink(side.codec(), stream, "https", limits.bodyTime());
    }

    /** The connection's thread has read a head. */
    synchronized void answered(Http2Headers head) {
        heads.add(head);
        notifyAll();
    }

    /** Nothing more comes. */
    void fail(String why) {
        input.fail(why);
        synchronized (this) {
            if (broken == null) {
                broken = why;
                notifyAll();
            }
        }
    }

    /** The side has done nothing with it. */
    void refuse() {
        untouched = true;
        fail("the side takes no more requests on this connection");
    }

    @Override
    public boolean untouched() {
        return untouched;
    }

    /** Whether it is among those that a side does not look at any more after it has named the last that it did. */
    boolean isBehind(int lastStream) {
        return Http2CodecUtil.isStreamIdValid(stream.id()) && stream.id() > lastStream;
    }

    Http2Input input() {
        return input;
    }

    @Override
    public ResponseHead head(HttpLimits limits) throws IOException {
        return Http2Head.answer(next(), limits.fields());
    }

    private synchronized Http2Headers next() throws IOException {
        while (heads.isEmpty()) {
            if (broken != null) {
                throw new IOException(broken);
            }
            try {
                wait();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("stopped", stopped);
            }
        }
        return heads.removeFirst();
    }

    @Override
    public Framing framing(ResponseHead head, String method) throws Malformed {
        var framing = Framing.of(head, method);
        if (!(framing instanceof Framing.UntilClose)) {
            return framing;
        }
        return new Framing.UntilEnd(input::trailers);
    }

    @Override
    public RequestSink sink() {
        return sink;
    }

    @Override
    public ByteSource source() {
        return source;
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public boolean used() {
        return used;
    }

    @Override
    public void abort() {
        fail("ended by us");
        side.cancel(stream);
    }

    @Override
    public void close() {
        deadline.close();
        source.shrink();
        if (!input.isEnded() || !sink.sentWhole()) {
            abort();
        }
        side.ended(stream);
    }
}
