package de.doppelboden.gateway.wire;

import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection (RFC 8446, RFC 5246): an engine between a channel and whoever reads and writes. A connection that waits for its
 * peer holds a kilobyte; what a record needs is lent while it is read or written.
 */
public final class TlsWire implements Wire {

    public static final String HTTP2 = "h2";
    public static final String HTTP1 = "http/1.1";

    private static final int WAITING_BYTES = 1024;
    private static final int MOST_IN_A_RECORD = 16 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final PlainWire plain;
    private final SSLEngine engine;
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteBuffer small = ByteBuffer.allocate(WAITING_BYTES);
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What came from the peer and is not decrypted yet: from 0 to its position. */
    private ByteBuffer received = small;

    /** What was decrypted and is not read yet, if anything is. */
    private ByteBuffer read = NOTHING;

    private volatile boolean inputEnded;
    private @Nullable String agreed;

    TlsWire(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.plain = new PlainWire(channel);
        this.engine = engine;
    }

    /** To a side, whose certificate must be for the host; returns after the handshake. */
    public static TlsWire toSide(SocketChannel channel, SSLContext context, InetSocketAddress to, boolean http2)
            throws IOException {
        var engine = context.createSSLEngine(to.getHostString(), to.getPort());
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(http2 ? new String[] {HTTP2, HTTP1} : new String[] {HTTP1});
        parameters.setProtocols(UserTls.VERSIONS);
        parameters.setCipherSuites(UserTls.strict(engine.getSupportedCipherSuites()));
        engine.setSSLParameters(parameters);
        var wire = new TlsWire(channel, engine);
        wire.protocol();
        return wire;
    }

    @Override
    public String protocol() throws IOException {
        var known = agreed;
        if (known != null) {
            return known;
        }
        engine.beginHandshake();
        handshake();
        acknowledge();
        String protocol = engine.getApplicationProtocol();
        agreed = protocol == null ? "" : protocol;
        return agreed;
    }

    @Override
    public Optional<Instant> peerExpires() {
        try {
            return engine.getSession().getPeerCertificates()[0] instanceof X509Certificate shown
                    ? Optional.of(shown.getNotAfter().toInstant())
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    /** After the handshake it is the peer's turn; if its Nagle's algorithm is on, it waits for our ACK, and that for 40 ms. */
    private void acknowledge() throws IOException {
        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    /** Goes on with the handshake until there is nothing to be done for it. */
    private void handshake() throws IOException {
        try {
            for (var status = engine.getHandshakeStatus(); ; status = engine.getHandshakeStatus()) {
                switch (status) {
                    case NEED_WRAP -> send(NOTHING);
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        if (!decrypt()) {
                            throw new IOException("the connection ended within the handshake");
                        }
                    }
                    case NEED_TASK -> work();
                    case FINISHED, NOT_HANDSHAKING -> {
                        return;
                    }
                }
            }
        } catch (SSLException refused) {
            alert();
            throw refused;
        }
    }

    private void work() {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Tells the peer what was wrong, if the engine has something to say. */
    private void alert() {
        try {
            engine.closeOutbound();
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
                send(NOTHING);
            }
        } catch (IOException gone) {
            close();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        boolean goesOn = false;
        try {
            goesOn = hasRead();
        } finally {
            if (!goesOn) {
                giveBack();
            }
        }
        if (!goesOn) {
            return -1;
        }
        int count = Math.min(into.remaining(), read.remaining());
        into.put(into.position(), read, read.position(), count);
        into.position(into.position() + count);
        read.position(read.position() + count);
        if (!read.hasRemaining()) {
            TlsBuffers.give(read);
            read = NOTHING;
        }
        return count;
    }

    /** Waits for something to be read; false at the end. */
    private boolean hasRead() throws IOException {
        while (!read.hasRemaining()) {
            if (!decrypt()) {
                return false;
            }
            if (!engine.isOutboundDone()) {
                handshake(); // a new key, or nothing; who has said his last word answers nothing
            }
        }
        return true;
    }

    /** Nothing more is read: what was lent goes back. */
    private void giveBack() {
        TlsBuffers.give(read);
        read = NOTHING;
        if (received != small) {
            TlsBuffers.give(received);
            received = small;
        }
        small.clear();
    }

    /** Decrypts what has come, or waits for more of it first. False at the end. */
    private boolean decrypt() throws IOException {
        var before = engine.getHandshakeStatus();
        // Within a handshake OpenSSL's engine may only have to look once more at what it has got.
        if (before == HandshakeStatus.NOT_HANDSHAKING && received.position() == 0 && !receive()) {
            return false;
        }
        var clear = TlsBuffers.take();
        try {
            while (true) {
                received.flip();
                SSLEngineResult result;
                try {
                    result = engine.unwrap(received, clear);
                } finally {
                    received.compact();
                }
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    return false;
                }
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                    throw new SSLException("a record longer than allowed");
                }
                boolean moved = result.bytesConsumed() > 0
                        || result.bytesProduced() > 0
                        || engine.getHandshakeStatus() != before;
                if (moved) {
                    rest();
                    if (clear.position() > 0) {
                        clear.flip();
                        read = clear;
                        clear = NOTHING;
                    }
                    return true;
                }
                if (!receive()) {
                    return false;
                }
            }
        } finally {
            TlsBuffers.give(clear);
        }
    }

    /** Waits for more of a record. False at the end of the stream. */
    private boolean receive() throws IOException {
        if (!received.hasRemaining()) {
            if (received != small) {
                throw new SSLException("a record longer than allowed");
            }
            received = TlsBuffers.take();
            received.put(small.flip());
            small.clear();
        }
        if (plain.read(received) >= 0) {
            return true;
        }
        if (inputEnded || engine.isInboundDone()) {
            return false;
        }
        throw new SSLException("the connection ended without saying so");
    }

    /** Gives the large buffer back when nothing is left in it. */
    private void rest() {
        if (received != small && received.position() == 0) {
            TlsBuffers.give(received);
            received = small;
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        var clear = TlsBuffers.take();
        try {
            while (bytes.hasRemaining()) {
                int some = Math.min(MOST_IN_A_RECORD, bytes.remaining());
                clear.clear().put(0, bytes, bytes.position(), some).limit(some);
                bytes.position(bytes.position() + some);
                send(clear);
            }
        } finally {
            TlsBuffers.give(clear);
        }
    }

    /** Encrypts that, or what the engine itself has to say, and sends it. */
    private void send(ByteBuffer clear) throws IOException {
        var record = TlsBuffers.take();
        writing.lock();
        try {
            do {
                record.clear();
                var result = engine.wrap(clear, record);
                record.flip();
                while (record.hasRemaining()) {
                    channel.write(record);
                }
                if (result.getStatus() == SSLEngineResult.Status.CLOSED && clear.hasRemaining()) {
                    throw new SSLException("the connection is closed");
                }
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                    throw new SSLException("a record longer than allowed");
                }
            } while (clear.hasRemaining());
        } finally {
            writing.unlock();
            TlsBuffers.give(record);
        }
    }

    @Override
    public void endInput() {
        inputEnded = true;
        plain.endInput();
    }

    @Override
    public void endOutput() {
        try {
            engine.closeOutbound();
            send(NOTHING);
        } catch (IOException gone) {
            close();
            return;
        }
        plain.endOutput();
    }

    /** What arrives on an idle connection is an alert, or something nobody asked for: either way it is not used again. */
    @Override
    public boolean quiet() {
        return received.position() == 0 && !read.hasRemaining() && plain.quiet();
    }

    @Override
    public boolean open() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        plain.close();
        if (closed.compareAndSet(false, true)) {
            ReferenceCountUtil.safeRelease(engine); // an engine of OpenSSL has memory of its own
        }
    }
}
