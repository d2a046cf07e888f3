package de.doppelboden.gateway.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** One connection to a side. Used by one thread at a time; any thread may close it. */
final class SideConnection {

    private final Wire wire;
    private final Deadline deadline;
    private final ByteSource source;
    private final ByteSink bytes;
    private final Http1Sink sink;
    private boolean used;
    private long pooledSince;

    private SideConnection(Wire wire, Deadlines deadlines, HttpLimits limits) {
        this.wire = wire;
        this.deadline = deadlines.watch(wire::close);
        this.source = new ByteSource(wire, deadline, ByteSource.SIDE_BYTES);
        this.bytes = new ByteSink(wire, deadlines.watch(wire::close), limits.bodyTime());
        this.sink = new Http1Sink(bytes);
    }

    /** @param onWire gets the wire before it is connected, so that another thread can end the wait */
    static SideConnection connect(
            InetSocketAddress address,
            Optional<SSLContext> tls,
            Deadlines deadlines,
            HttpLimits limits,
            Consumer<Wire> onWire)
            throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("no address is known for " + address.getHostString());
        }
        var channel = SocketChannel.open();
        Wire wire = new PlainWire(channel);
        onWire.accept(wire);
        try (var patience = deadlines.watch(wire::close)) {
            patience.within(limits.connectTime());
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.connect(address);
                if (tls.isPresent()) {
                    wire = TlsWire.toSide(channel, tls.get(), address.getHostString(), address.getPort());
                    onWire.accept(wire);
                }
            } catch (IOException failed) {
                wire.close();
                throw patience.expired() ? new IOException("no connection in time") : failed;
            }
        }
        return new SideConnection(wire, deadlines, limits);
    }

    Wire wire() {
        return wire;
    }

    Deadline deadline() {
        return deadline;
    }

    ByteSource source() {
        return source;
    }

    RequestSink sink() {
        return sink;
    }

    /** What an upgraded connection writes to. */
    ByteSink bytes() {
        return bytes;
    }

    /** Whether an earlier request was answered on this connection: then its failure may only mean that it was stale. */
    boolean used() {
        return used;
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

    void close() {
        wire.close();
        bytes.close();
        deadline.close();
    }
}
