package de.doppelboden.gateway.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.doppelboden.configuration.TlsSettings;
import de.doppelboden.gateway.ListenerTls;
import de.doppelboden.gateway.wire.Deadlines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A proxy in front of one side, for a test. */
final class Proxied implements AutoCloseable {

    static final HttpLimits LIMITS = HttpLimits.defaults()
            .withBodyBytes(1L << 30)
            .withUserTimes(Duration.ofMillis(600), Duration.ofSeconds(5), Duration.ofMillis(900))
            .withSideTimes(Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final Deadlines deadlines = new Deadlines(System::nanoTime);
    private final SidePool pool;
    private final de.doppelboden.gateway.http.HttpServer server;

    Proxied(URI side) throws IOException {
        this(side, LIMITS, 100);
    }

    Proxied(URI side, HttpLimits limits, int perClient) throws IOException {
        this(side, limits, perClient, Optional.empty(), Optional.empty());
    }

    /**
     * @param users the certificate that users are shown, if they come by TLS
     * @param sides the certificate that a side by TLS is believed by
     */
    Proxied(URI side, HttpLimits limits, int perClient, Optional<TlsSettings> users, Optional<TlsSettings> sides)
            throws IOException {
        pool = sides.isEmpty()
                ? new SidePool(side, limits, deadlines)
                : new SidePool(
                        side,
                        Optional.of(ListenerTls.trusting(Optional.of(sides.get().certificate()))),
                        limits,
                        deadlines);
        var handler =
                new PassThrough(pool, (status, detail, head) -> Reply.of(status, "text/plain", status + ": " + detail));
        server = de.doppelboden.gateway.http.HttpServer.start(
                new Door(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        ListenerTls.of(users, System::nanoTime),
                        Door.DIRECT),
                handler,
                limits,
                new de.doppelboden.gateway.http.HttpServer.Most(1000, perClient),
                deadlines);
    }

    int port() {
        return server.port();
    }

    SidePool pool() {
        return pool;
    }

    de.doppelboden.gateway.http.HttpServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        pool.close();
        deadlines.close();
    }

    /** A side that notes what it gets and answers each request with method, target and body. */
    static final class Echo implements AutoCloseable {

        private final HttpServer server;
        final List<String> requests = new CopyOnWriteArrayList<>();
        final List<com.sun.net.httpserver.Headers> headers = new CopyOnWriteArrayList<>();

        Echo() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            headers.add(exchange.getRequestHeaders());
            String text =
                    requests.getLast() + " " + body.length + " " + new String(body, 0, Math.min(body.length, 200));
            exchange.getResponseHeaders().add("X-Side", "echo");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : text.length());
            if (!head) {
                exchange.getResponseBody().write(text.getBytes());
            }
            exchange.close();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
