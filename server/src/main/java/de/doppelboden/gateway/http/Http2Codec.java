package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames, header compression and flow control of one HTTP/2 connection (RFC 9113), by Netty's codec on a wire of ours. One lock
 * guards the codec and the order of what is written. Any thread; one of them reads the wire.
 */
final class Http2Codec {

    private static final Logger log = LoggerFactory.getLogger(Http2Codec.class);
    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);

    /** What a peer may have open at once. */
    static final int STREAMS = 100;

    /** What may come on one stream, and on all, before it is read. */
    private record Windows(int stream, int connection) {}

    private static final Windows USERS = new Windows(128 * 1024, 512 * 1024);

    /** Many users share a connection to a side: those who read slowly must not use up what the others need. */
    private static final Windows SIDES = new Windows(64 * 1024, STREAMS * 64 * 1024);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Http2FrameCodec codec;
    private final Frames frames;
    private final EmbeddedChannel channel;
    private final ByteSink out;
    private final int window;
    private boolean ended;

    /**
     * @param out to the peer
     * @param frames gets what the peer has sent, under the codec's lock: it must not block, and frees what it gets
     */
    private Http2Codec(
            Http2FrameCodecBuilder builder,
            Http2Settings settings,
            Windows windows,
            ByteSink out,
            Consumer<Http2Frame> frames) {
        this.out = out;
        this.window = windows.connection();
        this.codec = builder.initialSettings(settings.initialWindowSize(windows.stream()))
                .gracefulShutdownTimeoutMillis(0)
                .build();
        this.frames = new Frames(frames);
        this.channel = new EmbeddedChannel(false, false, codec, this.frames);
        channel.config().setAllocator(HEAP);
    }

    static Http2Codec ofUsers(HttpLimits limits, ByteSink out, Consumer<Http2Frame> frames) {
        var settings = new Http2Settings().maxConcurrentStreams(STREAMS).maxHeaderListSize(limits.headBytes());
        return new Http2Codec(Http2FrameCodecBuilder.forServer(), settings, USERS, out, frames);
    }

    /** Nothing is to be pushed to us (RFC 9113 section 8.4). */
    static Http2Codec ofSide(HttpLimits limits, ByteSink out, Consumer<Http2Frame> frames) {
        var settings = new Http2Settings().pushEnabled(false).maxHeaderListSize(limits.headBytes());
        return new Http2Codec(Http2FrameCodecBuilder.forClient(), settings, SIDES, out, frames);
    }

    /** Says the first words; before anything else. */
    void start() throws IOException {
        lock.lock();
        try {
            channel.register();
            var connection = codec.connection();
            connection
                    .local()
                    .flowController()
                    .incrementWindowSize(
                            connection.connectionStream(),
                            window - connection.local().flowController().initialWindowSize());
            channel.flush();
            drain();
        } catch (Http2Exception impossible) {
            throw new IOException(impossible);
        } catch (Exception failed) {
            throw new IOException("HTTP/2 cannot begin: " + failed, failed);
        } finally {
            lock.unlock();
        }
    }

    /** The peer has sent these bytes. */
    void received(byte[] bytes, int from, int count) throws IOException {
        lock.lock();
        try {
            channel.writeInbound(HEAP.heapBuffer(count).writeBytes(bytes, from, count));
            drain();
            moved.signalAll();
            if (!channel.isOpen()) {
                throw new IOException("the peer does not speak HTTP/2 as it should");
            }
        } finally {
            lock.unlock();
        }
    }

    /** The peer sends nothing any more, and nobody waits for it. */
    void ended() {
        lock.lock();
        try {
            ended = true;
            moved.signalAll();
            channel.finishAndReleaseAll();
        } catch (RuntimeException left) {
            log.debug("an HTTP/2 connection ended untidily: {}", left.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** Sends frames with one write; waits, at most so long, while the peer's window is full. */
    void send(List<Http2StreamFrame> frames, Duration patience) throws IOException {
        lock.lock();
        try {
            ChannelFuture last = null;
            for (var frame : frames) {
                last = channel.write(frame);
            }
            channel.flush();
            drain();
            if (last != null) {
                await(last, patience);
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(ChannelFuture sent, Duration patience) throws IOException {
        long left = patience.toNanos();
        while (!sent.isDone()) {
            if (ended || left <= 0) {
                throw new IOException(ended ? "the connection has ended" : "the peer takes no more");
            }
            try {
                left = moved.awaitNanos(left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("stopped", stopped);
            }
        }
        if (!sent.isSuccess()) {
            throw new IOException("the peer has ended the stream", sent.cause());
        }
    }

    /** Sends a frame of control, and waits for nothing. */
    void tell(Http2Frame frame) {
        lock.lock();
        try {
            channel.writeAndFlush(frame);
            drain();
        } catch (IOException gone) {
            log.debug("a frame could not be sent: {}", gone.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** The same; false if others have held the connection for so long. */
    boolean tellWithin(Http2Frame frame, Duration patience) {
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            tell(frame);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts what a frame brings where it is read, and frees the frame.
     *
     * @param reader null if nobody wants it any more
     */
    void data(Http2DataFrame frame, @Nullable Http2Input reader) {
        int unread = reader == null ? frame.initialFlowControlledBytes() : frame.padding();
        if (reader != null) {
            reader.put(ByteBufUtil.getBytes(frame.content()));
        }
        if (unread > 0) {
            taken(frame.stream(), unread);
        }
        if (reader != null && frame.isEndStream()) {
            reader.end(Headers.NONE);
        }
        frame.release();
    }

    /** Bytes of a stream were taken: the peer may send as many more. */
    void taken(Http2FrameStream stream, int count) {
        tell(new DefaultHttp2WindowUpdateFrame(count).stream(stream));
    }

    Http2FrameStream newStream() {
        return frames.newStream();
    }

    /** Runs that with nothing else happening on the connection. */
    void alone(Runnable what) {
        lock.lock();
        try {
            what.run();
        } finally {
            lock.unlock();
        }
    }

    private void drain() throws IOException {
        channel.runPendingTasks();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            try {
                if (bytes.hasArray()) {
                    out.put(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes());
                } else {
                    out.put(ByteBufUtil.getBytes(bytes)); // Netty's own constants
                }
            } finally {
                bytes.release();
            }
        }
        out.flush();
        out.release();
    }

    /** The end of Netty's pipeline. */
    private static final class Frames extends Http2ChannelDuplexHandler {

        private final Consumer<Http2Frame> frames;

        Frames(Consumer<Http2Frame> frames) {
            this.frames = frames;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http2Frame frame) {
                frames.accept(frame);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        /** RFC 9113 section 5.4.2: what is wrong with one stream ends that stream only. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof Http2FrameStreamException ofStream) {
                log.debug("a stream was refused: {}", String.valueOf(cause.getMessage()));
                var reset = new DefaultHttp2ResetFrame(ofStream.error()).stream(ofStream.stream());
                context.writeAndFlush(reset);
                frames.accept(reset);
            } else {
                log.debug("an HTTP/2 connection is refused: {}", String.valueOf(cause.getMessage()));
            }
        }
    }
}
