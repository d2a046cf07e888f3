package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSink;
import de.doppelboden.gateway.wire.ByteSource;
import de.doppelboden.gateway.wire.Deadline;
import de.doppelboden.gateway.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A user's connection as HTTP/1.1: a request is read, answered, and then the next is read. Used by the connection's thread. */
final class Http1Line implements Line, UserConnection.Protocol {

    private static final Logger log = LoggerFactory.getLogger(Http1Line.class);
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int LINGER_BYTES = 256 * 1024;

    private final UserConnection connection;
    private final HttpLimits limits;
    private final Deadline reading;
    private final ByteSource source;
    private final Http1Sink sink;
    private @Nullable Exchange exchange;
    private @Nullable Thread watcher;
    private Runnable onGone = () -> {};
    private boolean gone;
    private volatile boolean idle;

    Http1Line(UserConnection connection) {
        this.connection = connection;
        this.limits = connection.limits();
        this.reading = connection.reading();
        this.source = new ByteSource(connection.wire(), reading, ByteSource.USER_BYTES);
        this.sink = new Http1Sink(connection.sink());
    }

    @Override
    public void serve() throws IOException {
        try {
            boolean stays = true;
            for (boolean first = true; stays && !draining(); first = false) {
                stays = serveOne(first);
            }
        } catch (Malformed bad) {
            refuse(bad);
        }
    }

    private boolean serveOne(boolean first) throws IOException {
        byte[] bytes = nextHead(first);
        if (bytes == null) {
            return false;
        }
        var head = RequestHead.parse(bytes, limits.fields());
        var now = new Exchange(this, head, Framing.of(head));
        exchange = now;
        connection.handler().handle(now);
        boolean stays = now.finish();
        exchange = null;
        connection.sink().release();
        if (stays) {
            source.shrink();
        } else {
            linger();
        }
        return stays;
    }

    private byte @Nullable [] nextHead(boolean first) throws IOException {
        if (source.buffered() == 0) {
            idle = true;
            reading.within(first ? limits.headTime() : limits.idleTime());
            int got = draining() ? -1 : source.fill();
            idle = false;
            if (got < 0) {
                return null;
            }
        }
        reading.within(limits.headTime());
        byte[] head;
        try {
            head = Heads.next(source, limits, 400);
        } catch (Malformed ended) {
            throw reading.expired()
                    ? new Malformed(408, "the request's header did not come to its end in time")
                    : ended;
        }
        reading.clear();
        return head;
    }

    /** Says what was wrong and closes: where the next request would begin is not known any more. */
    private void refuse(Malformed bad) {
        var during = exchange;
        if (during != null && during.answered()) {
            return;
        }
        try {
            var head = during == null ? null : during.request();
            var reply = connection.handler().refusal(bad.status(), String.valueOf(bad.getMessage()), head);
            ReplyWriter.write(sink, reply, false, false, true);
            linger();
        } catch (IOException gone) {
            log.debug("nobody left to be told: {}", gone.getMessage());
        }
    }

    /** Reads on for a moment before closing: a reset because of unread bytes would destroy the answer under way. */
    private void linger() throws IOException {
        answerEnds();
        if (watcher != null) {
            await(watcher);
            return;
        }
        reading.within(LINGER);
        for (int bytes = source.buffered(); bytes < LINGER_BYTES; ) {
            source.consume(source.buffered());
            int got = source.fill();
            if (got < 0) {
                return;
            }
            bytes += got;
        }
    }

    private static void await(Thread watcher) {
        try {
            watcher.join(LINGER);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void whenGone(Runnable leave) {
        onGone = leave;
        if (gone) {
            leave.run();
        }
    }

    @Override
    public synchronized boolean gone() {
        return gone;
    }

    @Override
    public synchronized void left() {
        gone = true;
        onGone.run();
    }

    @Override
    public void watch() {
        watcher = Thread.ofVirtual().name("watch").start(() -> {
            try {
                do {
                    source.consume(source.buffered());
                } while (source.fill() >= 0);
            } catch (IOException broken) {
                log.debug("a user went away: {}", broken.getMessage());
            } finally {
                left();
            }
        });
    }

    @Override
    public void drain() {
        if (idle) {
            connection.wire().endInput();
        }
    }

    @Override
    public long held() {
        var now = exchange;
        return source.size() + connection.sink().size() + (now == null ? 0 : now.weight());
    }

    @Override
    public ByteSource source() {
        return source;
    }

    @Override
    public AnswerSink sink() {
        return sink;
    }

    /** What an upgraded connection writes to. */
    ByteSink bytes() {
        return connection.sink();
    }

    Wire wire() {
        return connection.wire();
    }

    @Override
    public Deadline reading() {
        return reading;
    }

    @Override
    public UserConnection connection() {
        return connection;
    }

    @Override
    public boolean draining() {
        return connection.draining();
    }

    @Override
    public void answerEnds() {
        connection.wire().endOutput();
    }

    @Override
    public void cut() {
        connection.wire().close();
    }
}
