package de.doppelboden.city.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of the feed to the primary's database: a TCP relay that suffers what the storage suffers. One virtual thread a direction.
 */
public final class StorageRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StorageRelay.class);
    private static final int CONNECTIONS = 64;
    private static final int CHUNK = 64 * 1024;

    private final InetSocketAddress target;
    private final Storage storage;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;

    private ServerSocket listener;
    private boolean closed;

    /**
     * Listens on the loopback address.
     *
     * @param port 0 for any free one
     * @param storage the relay's own; its faults follow those of the primary's
     */
    public StorageRelay(int port, InetSocketAddress target, Storage storage) throws IOException {
        this.target = target;
        this.storage = storage;
        this.listener = bind(port);
        this.port = listener.getLocalPort();
        accept(listener);
    }

    public int port() {
        return port;
    }

    /** Follows the primary's storage: dead means no listener, a failing or lying storage cannot keep a connection. */
    public synchronized void follow(Fault fault) {
        storage.set(fault);
        if (fault == Fault.DEAD) {
            closeListener();
        }
        if (fault == Fault.DEAD || fault == Fault.FAIL || fault == Fault.LIE) {
            open.forEach(StorageRelay::reset);
        }
        if (fault != Fault.DEAD && listener.isClosed() && !closed) {
            try {
                listener = bind(port);
                accept(listener);
            } catch (IOException e) {
                LOG.error("the storage relay cannot listen on port {} again: {}", port, e.getMessage());
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeListener();
        open.forEach(StorageRelay::reset);
    }

    private static ServerSocket bind(int port) throws IOException {
        return new ServerSocket(port, CONNECTIONS, InetAddress.getLoopbackAddress());
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("closing the storage relay: {}", e.getMessage());
        }
    }

    private void accept(ServerSocket from) {
        Thread.ofVirtual().name("storage-relay").start(() -> {
            while (!from.isClosed()) {
                try {
                    connected(from.accept());
                } catch (IOException e) {
                    LOG.debug("storage relay: {}", e.getMessage());
                }
            }
        });
    }

    private void connected(Socket client) throws IOException {
        Fault fault = storage.fault();
        if (open.size() >= 2 * CONNECTIONS || fault == Fault.FAIL || fault == Fault.LIE) {
            reset(client);
            return;
        }
        Socket server = new Socket();
        try {
            server.connect(target, 2_000);
        } catch (IOException e) {
            reset(client);
            reset(server);
            throw e;
        }
        open.add(client);
        open.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        pump(client, server, false);
        pump(server, client, true);
    }

    /** Only answers wait for the storage: a question costs it nothing until it is answered. */
    private void pump(Socket from, Socket to, boolean answers) {
        Thread.ofVirtual().name("storage-relay").start(() -> {
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                byte[] chunk = new byte[CHUNK];
                for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                    if (answers && storage.fault() != Fault.OK && storage.access() != Storage.Access.GRANTED) {
                        break;
                    }
                    out.write(chunk, 0, length);
                }
            } catch (IOException e) {
                LOG.debug("storage relay: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close(from);
                close(to);
                open.remove(from);
                open.remove(to);
            }
        });
    }

    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            LOG.debug("storage relay: {}", e.getMessage());
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("storage relay: {}", e.getMessage());
        }
    }
}
