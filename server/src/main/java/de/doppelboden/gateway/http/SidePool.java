package de.doppelboden.gateway.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The connections to one side. Unused ones are kept for a short time, the latest used first; busy ones are not bounded here. */
public final class SidePool implements AutoCloseable {

    private static final long CHECK_AFTER_NANOS = 2_000_000;

    private final String host;
    private final int port;
    private final int usual;
    private final @Nullable InetSocketAddress literal;
    private final Optional<SSLContext> tls;
    private final HttpLimits limits;
    private final Deadlines deadlines;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<SideConnection> unused = new ArrayDeque<>();
    private final AtomicInteger busy = new AtomicInteger();

    /** To a side that is reached without TLS. */
    public SidePool(URI address, HttpLimits limits, Deadlines deadlines) {
        this(address, Optional.empty(), limits, deadlines);
    }

    /**
     * @param address {@code http://host:port} or {@code https://host:port}; a path is not allowed
     * @param trust whose certificates are believed when it is https
     */
    public SidePool(URI address, Optional<SSLContext> trust, HttpLimits limits, Deadlines deadlines) {
        boolean secure = "https".equals(address.getScheme());
        if (!secure && !"http".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "a side's address is http://host:port or https://host:port, not " + address);
        }
        if (secure && trust.isEmpty()) {
            throw new IllegalArgumentException("nothing is said about whose certificates are believed: " + address);
        }
        this.tls = secure ? trust : Optional.empty();
        this.host = address.getHost();
        this.usual = secure ? 443 : 80;
        this.port = address.getPort() < 0 ? usual : address.getPort();
        this.literal = literal(host, port);
        this.limits = limits;
        this.deadlines = deadlines;
    }

    /** Addresses need no look-up; names are looked up for each connection, as the JDK caches them. */
    private static @Nullable InetSocketAddress literal(String host, int port) {
        boolean address = host.startsWith("[") || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
        return address ? new InetSocketAddress(host, port) : null;
    }

    public String authority() {
        return port == usual ? host : host + ":" + port;
    }

    HttpLimits limits() {
        return limits;
    }

    /** Requests under way at this side. */
    public int busy() {
        return busy.get();
    }

    public int unused() {
        lock.lock();
        try {
            return unused.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param fresh do not take a connection that was used before
     * @param onWire gets the wire of a new connection before it is connected
     */
    SideConnection acquire(boolean fresh, Consumer<Wire> onWire) throws IOException {
        busy.incrementAndGet();
        try {
            var kept = fresh ? null : pooled();
            if (kept != null) {
                return kept;
            }
            var address = literal != null ? literal : new InetSocketAddress(host, port);
            return SideConnection.connect(address, tls, deadlines, limits, onWire);
        } catch (IOException | RuntimeException failed) {
            busy.decrementAndGet();
            throw failed;
        }
    }

    private @Nullable SideConnection pooled() {
        long now = deadlines.now();
        while (true) {
            SideConnection candidate;
            lock.lock();
            try {
                candidate = unused.pollLast();
            } finally {
                lock.unlock();
            }
            if (candidate == null) {
                return null;
            }
            long age = now - candidate.pooledSince();
            boolean young = age < limits.pooledTime().toNanos();
            if (young
                    && (age < CHECK_AFTER_NANOS || candidate.wire().quiet())
                    && candidate.wire().open()) {
                return candidate;
            }
            candidate.close();
        }
    }

    void giveBack(SideConnection connection) {
        busy.decrementAndGet();
        connection.pooled(deadlines.now());
        SideConnection surplus = null;
        lock.lock();
        try {
            if (unused.size() >= limits.pooled()) {
                surplus = unused.pollFirst();
            }
            unused.addLast(connection);
        } finally {
            lock.unlock();
        }
        if (surplus != null) {
            surplus.close();
        }
    }

    void discard(SideConnection connection) {
        busy.decrementAndGet();
        connection.close();
    }

    /** Drops the unused connections: after a side was away none of them is worth a try. */
    public void forgetUnused() {
        lock.lock();
        try {
            unused.forEach(SideConnection::close);
            unused.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        forgetUnused();
    }
}
