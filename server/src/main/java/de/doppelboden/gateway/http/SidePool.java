package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.Deadlines;
import de.doppelboden.gateway.wire.TlsWire;
import de.doppelboden.gateway.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final List<Http2Side> shared = new CopyOnWriteArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile @Nullable Instant expires;

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

    /** When the certificate that the side showed last is valid no more; empty: it has shown none yet. */
    public Optional<Instant> certificateExpires() {
        return Optional.ofNullable(expires);
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
     * @param upgrade the request wants to leave HTTP, which HTTP/2 has no way for
     * @param onAbort gets what ends the wait for a new connection
     */
    SideLine acquire(boolean fresh, boolean upgrade, Consumer<Runnable> onAbort) throws IOException {
        busy.incrementAndGet();
        try {
            SideLine kept = fresh || upgrade ? null : stream();
            if (kept == null && !fresh) {
                kept = pooled();
            }
            if (kept != null) {
                return kept;
            }
            var address = literal != null ? literal : new InetSocketAddress(host, port);
            var wire = SideConnection.connect(address, tls, !upgrade, deadlines, limits, onAbort);
            wire.peerExpires().ifPresent(at -> expires = at);
            return wire.protocol().equals(TlsWire.HTTP2) ? shared(wire) : new SideConnection(wire, deadlines, limits);
        } catch (IOException | RuntimeException failed) {
            busy.decrementAndGet();
            throw failed;
        }
    }

    /** The first request on a new connection that others will share. */
    private SideLine shared(Wire wire) throws IOException {
        var side = Http2Side.start(wire, limits, deadlines);
        var first = side.begin();
        if (first == null) {
            throw new IOException("the side takes no request on a new connection");
        }
        shared.add(side);
        return first;
    }

    /** A stream of a connection that there is. */
    private @Nullable SideLine stream() {
        for (var side : shared) {
            var line = side.begin();
            if (line != null) {
                return line;
            }
            if (!side.open()) {
                shared.remove(side);
            }
        }
        return null;
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

    /** The answer has come to its end, and nothing is left behind it. */
    void giveBack(SideLine line) {
        busy.decrementAndGet();
        if (line instanceof SideConnection connection) {
            keep(connection);
        } else {
            line.close();
        }
    }

    private void keep(SideConnection connection) {
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

    void discard(SideLine line) {
        busy.decrementAndGet();
        line.close();
    }

    /** Drops the unused connections: after a side was away none of them is worth a try. */
    public void forgetUnused() {
        shared.forEach(Http2Side::close);
        shared.clear();
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
