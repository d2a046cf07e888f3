package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSink;
import de.doppelboden.gateway.wire.ByteSource;
import de.doppelboden.gateway.wire.Deadline;
import de.doppelboden.gateway.wire.Deadlines;
import de.doppelboden.gateway.wire.PlainWire;
import de.doppelboden.gateway.wire.TlsWire;
import de.doppelboden.gateway.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One connection to a side by HTTP/1.1. */
final class SideConnection implements SideLine {

    private final Wire wire;
    private final Deadline deadline;
    private final ByteSource source;
    private final ByteSink bytes;
    private final Http1Sink sink;
    private boolean used;
    private long pooledSince;

    SideConnection(Wire wire, Deadlines deadlines, HttpLimits limits) {
        this.wire = wire;
        this.deadline = deadlines.watch(wire::close);
        this.source = new ByteSource(wire, deadline, ByteSource.SIDE_BYTES);
        this.bytes = new ByteSink(wire, deadlines.watch(wire::close), limits.bodyTime());
        this.sink = new Http1Sink(bytes);
    }

    /**
     * @param http2 whether HTTP/2 is offered to a side that is reached by TLS
     * @param onAbort gets what ends the wait, on any thread
     */
    static Wire connect(
            InetSocketAddress address,
            Optional<SSLContext> tls,
            boolean http2,
            Deadlines deadlines,
            HttpLimits limits,
            Consumer<Runnable> onAbort)
            throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("no address is known for " + address.getHostString());
        }
        var channel = SocketChannel.open();
        Wire plain = new PlainWire(channel);
        onAbort.accept(plain::close);
        try (var patience = deadlines.watch(plain::close)) {
            patience.within(limits.connectTime());
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.connect(address);
                return tls.isPresent() ? TlsWire.toSide(channel, tls.get(), address, http2) : plain;
            } catch (IOException failed) {
                plain.close();
                throw patience.expired() ? new IOException("no connection in time") : failed;
            }
        }
    }

    @Override
    public @Nullable ResponseHead head(HttpLimits limits) throws IOException {
        byte[] bytes = Heads.next(source, limits, 502);
        return bytes == null ? null : ResponseHead.parse(bytes, limits.fields());
    }

    @Override
    public Framing framing(ResponseHead head, String method) throws Malformed {
        return Framing.of(head, method);
    }

    @Override
    public void abort() {
        wire.close();
    }

    Wire wire() {
        return wire;
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public ByteSource source() {
        return source;
    }

    @Override
    public RequestSink sink() {
        return sink;
    }

    /** What an upgraded connection writes to. */
    ByteSink bytes() {
        return bytes;
    }

    @Override
    public boolean used() {
        return used;
    }

    @Override
    public boolean untouched() {
        return false;
    }

    void pooled(long now) {
        used = true;
        pooledSince = now;
        bytes.release();
        source.shrink();
    }

    long pooledSince() {
        return pooledSince;
    }

    @Override
    public void close() {
        wire.close();
        bytes.close();
        deadline.close();
    }
}
