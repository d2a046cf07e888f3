package de.doppelboden.city.register;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.doppelboden.city.fault.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener on the JDK's HTTP server, one virtual thread a request. It can fall dead and listen on the same port again. */
final class HttpFront implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final int BACKLOG = 1024;

    static {
        // Read once, when the JDK's server is loaded. Without the first, each answer on a kept connection waits 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Function<Request, Reply> answers;
    private final int port;
    private @Nullable HttpServer server;

    /** Listens on the loopback address; port 0 for any free one. */
    HttpFront(int port, Function<Request, Reply> answers) throws IOException {
        this.answers = answers;
        HttpServer first = listen(port);
        this.server = first;
        this.port = first.getAddress().getPort();
    }

    int port() {
        return port;
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), BACKLOG);
        fresh.setExecutor(threads);
        fresh.createContext("/", this::handle);
        fresh.start();
        return fresh;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Request> request = Request.read(exchange);
            Reply reply = request.map(answers)
                    .orElseGet(
                            () -> Reply.html(413, View.plain("fehler", "Zu lang", null, "Die Anfrage ist zu lang.")));
            reply.send(exchange);
        } catch (IOException e) {
            LOG.debug("the caller is gone: {}", e.getMessage());
        }
    }

    /** Dead: nobody listens and open connections are cut; anything else: somebody listens. */
    synchronized void follow(Fault fault) {
        if (fault == Fault.DEAD && server != null) {
            server.stop(0);
            server = null;
        } else if (fault != Fault.DEAD && server == null) {
            try {
                server = listen(port);
            } catch (IOException e) {
                LOG.error("cannot listen on port {} again: {}", port, e.getMessage());
            }
        }
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        threads.shutdownNow();
    }
}
