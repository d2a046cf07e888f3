package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSink;
import de.doppelboden.gateway.wire.Deadline;
import de.doppelboden.gateway.wire.Deadlines;
import de.doppelboden.gateway.wire.Memory;
import de.doppelboden.gateway.wire.TlsWire;
import de.doppelboden.gateway.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a user. Its virtual thread agrees on a protocol and reads requests until the connection ends. */
final class UserConnection implements Runnable, Memory.Holder {

    private static final Logger log = LoggerFactory.getLogger(UserConnection.class);

    /** What is spoken on a connection. */
    interface Protocol {

        /** Reads requests and has them answered until the connection is to be closed. */
        void serve() throws IOException;

        /** Ends the connection now if it is idle, else after the answers that are under way. Any thread. */
        void drain();

        /** The user is gone: nobody waits for what is under way. Any thread. */
        void left();

        /** Bytes of memory that it takes up, about. Any thread. */
        long held();
    }

    private final Wire wire;
    private final InetAddress user;
    private final Door door;
    private final HttpServer server;
    private final Deadline reading;
    private final Deadline writing;
    private final ByteSink sink;
    private final Runnable onClose;
    private volatile @Nullable Protocol protocol;
    private @Nullable Forwarded forwarded;
    private volatile boolean draining;

    UserConnection(Wire wire, InetAddress user, Door door, HttpServer server, Runnable onClose) {
        this.wire = wire;
        this.user = user;
        this.door = door;
        this.server = server;
        this.onClose = onClose;
        this.reading = server.deadlines().watch(wire::endInput);
        this.writing = server.deadlines().watch(wire::close);
        this.sink = new ByteSink(wire, writing, limits().bodyTime());
    }

    @Override
    public void run() {
        Memory.OF_USERS.add(this);
        try {
            reading.within(limits().headTime());
            var spoken = wire.protocol().equals(TlsWire.HTTP2) ? new Http2Users(this) : new Http1Line(this);
            protocol = spoken;
            if (!draining) {
                spoken.serve();
            }
        } catch (IOException gone) {
            log.debug("a user's connection ended: {}", gone.getMessage());
        } catch (RuntimeException bug) {
            log.error("a request could not be handled", bug);
        } finally {
            Memory.OF_USERS.remove(this);
            sink.release();
            wire.close();
            reading.close();
            writing.close();
            onClose.run();
        }
    }

    void drain() {
        draining = true;
        var spoken = protocol;
        if (spoken != null) {
            spoken.drain();
        }
    }

    void close() {
        wire.close();
    }

    /** Behind a proxy that speaks for many each of its connections answers for itself. */
    @Override
    public Object client() {
        return door.origins().trusts(user) ? this : user;
    }

    @Override
    public String toString() {
        return "a connection from " + user.getHostAddress();
    }

    @Override
    public long held() {
        var spoken = protocol;
        return spoken == null || !wire.open() ? 0 : spoken.held();
    }

    @Override
    public void drop() {
        wire.close();
        var spoken = protocol;
        if (spoken != null) {
            spoken.left();
        }
    }

    boolean draining() {
        return draining;
    }

    /** Whom a request on this connection is from. */
    Door.Origin origin(Headers headers) {
        return door.origins().of(user, door.tls().isPresent(), headers);
    }

    /** What the sides are told of a request's origin; kept, because the next request has the same, mostly. */
    List<Reply.Field> forwarded(Door.Origin origin, String host, String received) {
        var last = forwarded;
        if (last == null || !last.isOf(origin, host, received)) {
            last = Forwarded.of(origin, host, received);
            forwarded = last;
        }
        return last.fields();
    }

    HttpLimits limits() {
        return server.limits();
    }

    Handler handler() {
        return server.handler();
    }

    Deadlines deadlines() {
        return server.deadlines();
    }

    Wire wire() {
        return wire;
    }

    ByteSink sink() {
        return sink;
    }

    /** Bounds the wait for the user. */
    Deadline reading() {
        return reading;
    }
}
