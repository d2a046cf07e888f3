package de.doppelboden.gateway.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** A connected byte stream, plain or TLS. One thread reads, one writes; any thread may close or end the input. */
public interface Wire extends Input {

    /** What was agreed on during the handshake (ALPN, RFC 7301), which this makes if it is still to be made; empty: HTTP/1.1. */
    String protocol() throws IOException;

    /** When the certificate that the peer has shown is valid no more; empty: it has shown none. */
    default Optional<Instant> peerExpires() {
        return Optional.empty();
    }

    /** Blocks until all that remains in it is handed to the system. */
    void write(ByteBuffer bytes) throws IOException;

    /** Lets a waiting reader see the end; what is written still goes out. */
    void endInput();

    void endOutput();

    /** Whether nothing has arrived and the peer has not closed; only for a connection that waits for nothing. */
    boolean quiet();

    boolean open();

    void close();
}
