package de.doppelboden.gateway.http;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a user. Its virtual thread reads a request, has it answered, and reads the next. */
final class UserConnection implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(UserConnection.class);
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int LINGER_BYTES = 256 * 1024;

    private final Wire wire;
    private final InetAddress user;
    private final Door door;
    private final Handler handler;
    private final HttpLimits limits;
    private final Deadline reading;
    private final Deadline writing;
    private final ByteSource source;
    private final ByteSink sink;
    private final Runnable onClose;
    private @Nullable Exchange exchange;
    private volatile boolean idle;
    private volatile boolean draining;

    UserConnection(Wire wire, InetAddress user, Door door, HttpServer server, Runnable onClose) {
        this.wire = wire;
        this.user = user;
        this.door = door;
        this.handler = server.handler();
        this.limits = server.limits();
        this.onClose = onClose;
        this.reading = server.deadlines().watch(wire::endInput);
        this.writing = server.deadlines().watch(wire::close);
        this.source = new ByteSource(wire, reading);
        this.sink = new ByteSink(wire, writing, limits.bodyTime());
    }

    @Override
    public void run() {
        try {
            boolean stays = true;
            for (boolean first = true; stays && !draining; first = false) {
                stays = serveOne(first);
            }
        } catch (Malformed bad) {
            refuse(bad);
        } catch (IOException gone) {
            log.debug("a user's connection ended: {}", gone.getMessage());
        } catch (RuntimeException bug) {
            log.error("a request could not be handled", bug);
        } finally {
            sink.release();
            wire.close();
            reading.close();
            writing.close();
            onClose.run();
        }
    }

    private boolean serveOne(boolean first) throws IOException {
        byte[] bytes = nextHead(first);
        if (bytes == null) {
            return false;
        }
        var now = new Exchange(this, RequestHead.parse(bytes, limits.fields()));
        exchange = now;
        handler.handle(now);
        boolean stays = now.finish();
        exchange = null;
        sink.release();
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
            int got = draining ? -1 : source.fill();
            idle = false;
            if (got < 0) {
                return null;
            }
        }
        reading.within(limits.headTime());
        byte[] head;
        try {
            head = source.head(limits, 400);
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
            var reply = handler.refusal(bad.status(), String.valueOf(bad.getMessage()), head);
            ReplyWriter.write(sink, reply, false, false, true);
            sink.flush();
            linger();
        } catch (IOException gone) {
            log.debug("nobody left to be told: {}", gone.getMessage());
        }
    }

    /** Reads on for a moment before closing: a reset because of unread bytes would destroy the answer under way. */
    private void linger() throws IOException {
        wire.endOutput();
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

    /** Ends an idle connection now and a busy one after its answer. */
    void drain() {
        draining = true;
        if (idle) {
            wire.endInput();
        }
    }

    void close() {
        wire.close();
    }

    /** Whom a request on this connection is from. */
    Door.Origin origin(Headers headers) {
        return door.origins().of(user, door.tls().isPresent(), headers);
    }

    boolean draining() {
        return draining;
    }

    HttpLimits limits() {
        return limits;
    }

    Handler handler() {
        return handler;
    }

    ByteSource source() {
        return source;
    }

    ByteSink sink() {
        return sink;
    }

    Wire wire() {
        return wire;
    }

    Deadline reading() {
        return reading;
    }
}
