package de.doppelboden.gateway.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP connection without TLS. */
public final class PlainWire implements Wire {

    private static final Logger log = LoggerFactory.getLogger(PlainWire.class);

    private final SocketChannel channel;

    public PlainWire(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public String protocol() {
        return "";
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        Turns.pass(); // what others do meanwhile is time for the peer: a read that need not wait costs a third
        return channel.read(into);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void endInput() {
        try {
            channel.shutdownInput();
        } catch (IOException gone) {
            close();
        }
    }

    @Override
    public void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException gone) {
            close();
        }
    }

    /** One read that does not wait: the cheapest way to learn that the peer has closed meanwhile. */
    @Override
    public boolean quiet() {
        try {
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) == 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public boolean open() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            log.debug("closing a connection failed", failed);
        }
    }
}
