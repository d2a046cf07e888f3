package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.Deadlines;
import de.doppelboden.gateway.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener for users. Accepts on a thread of its own and gives each connection a virtual thread. */
public final class HttpServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final int BACKLOG = 1024;
    private static final long ACCEPT_PAUSE_NANOS = 50_000_000;
    private static final byte[] TOO_MANY =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    /**
     * What is taken from users.
     *
     * @param connections that are open at once
     * @param ofClient the same of one address
     * @param requestsOfClient of one address in a second; 0: any number
     */
    public record Most(int connections, int ofClient, int requestsOfClient) {

        /** Any number of requests. */
        public Most(int connections, int ofClient) {
            this(connections, ofClient, 0);
        }
    }

    private final ServerSocketChannel listener;
    private final Door door;
    private final Handler handler;
    private final @Nullable RequestRates rates;
    private final HttpLimits limits;
    private final Most most;
    private final Deadlines deadlines;
    private final Set<UserConnection> open = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, Integer> perClient = new ConcurrentHashMap<>();
    private final LongAdder turnedAway = new LongAdder();

    private HttpServer(
            ServerSocketChannel listener,
            Door door,
            Handler handler,
            HttpLimits limits,
            Most most,
            Deadlines deadlines) {
        this.listener = listener;
        this.door = door;
        this.rates =
                most.requestsOfClient() > 0 ? new RequestRates(handler, most.requestsOfClient(), deadlines::now) : null;
        this.handler = rates == null ? handler : rates;
        this.limits = limits;
        this.most = most;
        this.deadlines = deadlines;
    }

    /** Listens at once. */
    public static HttpServer start(Door door, Handler handler, HttpLimits limits, Most most, Deadlines deadlines)
            throws IOException {
        var address = door.address();
        var listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address, BACKLOG);
        } catch (IOException failed) {
            listener.close();
            throw new IOException("cannot listen on " + address + ": " + failed.getMessage(), failed);
        }
        var server = new HttpServer(listener, door, handler, limits, most, deadlines);
        Thread.ofPlatform().name("accept-" + address.getPort()).daemon().start(server::acceptAll);
        return server;
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    public int connections() {
        return open.size();
    }

    /** Whether it takes connections. */
    public boolean open() {
        return listener.isOpen();
    }

    /** Connections that were closed at once because there were too many. */
    public long turnedAway() {
        return turnedAway.sum();
    }

    /** Requests that were refused because their client has sent too many. */
    public long refused() {
        return rates == null ? 0 : rates.refused();
    }

    private void acceptAll() {
        while (listener.isOpen()) {
            try {
                accept(listener.accept());
            } catch (ClosedChannelException stopped) {
                return;
            } catch (IOException | RuntimeException failed) { // whatever it is, others must be let in
                log.warn("accepting a connection failed: {}", String.valueOf(failed));
                LockSupport.parkNanos(ACCEPT_PAUSE_NANOS); // out of descriptors: let some connections end
            }
        }
    }

    private void accept(SocketChannel channel) throws IOException {
        var client = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
        int ofClient = perClient.merge(client, 1, Integer::sum);
        boolean tooMany = ofClient > most.ofClient() && !door.origins().trusts(client);
        if (tooMany || open.size() >= most.connections()) {
            turnedAway.increment();
            release(client);
            try (channel) {
                if (door.tls().isEmpty()) {
                    channel.write(ByteBuffer.wrap(TOO_MANY)); // fits into the empty buffer of a new connection
                }
            }
            return;
        }
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            start(door.wire(channel), client);
        } catch (IOException | RuntimeException failed) {
            release(client);
            channel.close();
            throw failed;
        }
    }

    private void start(Wire wire, InetAddress client) {
        var holder = new UserConnection[1];
        var connection = new UserConnection(wire, client, door, this, () -> {
            open.remove(holder[0]);
            release(client);
        });
        holder[0] = connection;
        open.add(connection);
        Thread.ofVirtual().name("user").start(connection);
        if (!listener.isOpen()) {
            connection.close(); // accepted while the listener was being closed: nobody else would end it
        }
    }

    private void release(InetAddress client) {
        perClient.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
    }

    Handler handler() {
        return handler;
    }

    HttpLimits limits() {
        return limits;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    /** Accepts nothing more, ends idle connections now and busy ones after their answer. */
    public void drain() {
        try {
            listener.close();
        } catch (IOException failed) {
            log.debug("closing the listener failed", failed);
        }
        open.forEach(UserConnection::drain);
    }

    @Override
    public void close() {
        drain();
        open.forEach(UserConnection::close);
    }
}
