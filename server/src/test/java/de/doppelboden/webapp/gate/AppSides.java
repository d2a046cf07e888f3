package de.doppelboden.webapp.gate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.doppelboden.continuity.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;

/** A small web application twice; each side can be made ill, as a whole or for some requests. */
final class AppSides implements AutoCloseable {

    /** What a side does with a request. */
    enum Health {
        WELL,
        /** Answers nothing. */
        HANGING,
        /** Two seconds later than usual. */
        SLOW,
        /** 500. */
        FAILING,
        /** 404, as if it had lost all that it had. */
        EMPTY,
        /** Closes the connection when it has carried the request out. */
        DROPPING
    }

    private static final byte[] PIECE = new byte[64 * 1024];

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Side, One> sides = new EnumMap<>(Side.class);

    /** One side. Requests of probes are answered, and not noted. */
    final class One {
        private final Side side;
        private final int port;
        private HttpServer server;
        private volatile Side name;

        /** Packs its answers where it may. */
        volatile boolean packs;

        private volatile Health health = Health.WELL;
        private volatile Predicate<String> ill = line -> true;

        /** Method and target of what users asked for. */
        final List<String> asked = new CopyOnWriteArrayList<>();

        private One(Side side) throws IOException {
            this.side = side;
            this.name = side;
            this.server = listen(0);
            this.port = server.getAddress().getPort();
        }

        private HttpServer listen(int at) throws IOException {
            var fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 200);
            fresh.setExecutor(threads);
            fresh.createContext("/", this::answer);
            fresh.start();
            return fresh;
        }

        void is(Health now) {
            is(now, line -> true);
        }

        /** @param which requests, by {@code METHOD target} */
        void is(Health now, Predicate<String> which) {
            ill = which;
            health = now;
        }

        /** Its answers begin with that side's name instead of its own. */
        void says(Side other) {
            name = other;
        }

        void kill() {
            server.stop(0);
        }

        void revive() throws IOException {
            server = listen(port);
        }

        private void answer(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            if (exchange.getRequestHeaders().containsKey("Via")) {
                asked.add(line);
            }
            if (line.contains("ereignisse")) {
                events(exchange);
                return;
            }
            if (line.startsWith("GET /app/gross")) {
                exchange.sendResponseHeaders(200, 300L * PIECE.length);
                for (int i = 0; i < 300; i++) {
                    exchange.getResponseBody().write(PIECE);
                }
                exchange.close();
                return;
            }
            int status = 200;
            switch (ill.test(line) ? health : Health.WELL) {
                case WELL -> {}
                case HANGING -> await(60_000);
                case SLOW -> await(2_000);
                case FAILING -> status = 500;
                case EMPTY -> status = 404;
                case DROPPING -> {
                    exchange.close();
                    return;
                }
            }
            status = line.contains("fehlt") ? 404 : line.contains("falsch") ? 500 : status;
            byte[] answer = (name + " " + line + " " + new String(body, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            if (line.contains("kekse")) {
                answer = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"))
                        .getBytes(StandardCharsets.UTF_8);
            }
            if (line.contains("seite")) {
                answer = page(answer);
            }
            if (packs && "gzip".equals(exchange.getRequestHeaders().getFirst("Accept-Encoding"))) {
                exchange.getResponseHeaders().add("Content-Encoding", "gzip");
                answer = packed(answer);
            }
            if (line.contains("oeffentlich")) {
                exchange.getResponseHeaders().add("Cache-Control", "public, max-age=300");
                exchange.getResponseHeaders()
                        .add("Content-Type", line.contains("daten") ? "application/json" : "text/html; charset=utf-8");
            }
            if (line.contains("anmelden")) {
                exchange.getResponseHeaders().add("Set-Cookie", "SITZUNG=" + side + "; Path=/");
            }
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }

        /** One event, and then none. */
        private void events(HttpExchange exchange) throws IOException {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(("data: " + name + "\n\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(60_000);
            exchange.close();
        }

        private static byte[] page(byte[] text) {
            return ("<!doctype html><html><head><title>Zeiten</title></head><body class=\"a\"><h1>"
                            + new String(text, StandardCharsets.UTF_8) + "</h1></body></html>")
                    .getBytes(StandardCharsets.UTF_8);
        }

        private static byte[] packed(byte[] bytes) throws IOException {
            var packed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(packed)) {
                gzip.write(bytes);
            }
            return packed.toByteArray();
        }

        private void await(long millis) {
            try {
                closed.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    AppSides() throws IOException {
        for (var side : Side.values()) {
            sides.put(side, new One(side));
        }
    }

    One primary() {
        return sides.get(Side.PRIMARY);
    }

    One standby() {
        return sides.get(Side.STANDBY);
    }

    int port(Side side) {
        return sides.get(side).port;
    }

    @Override
    public void close() {
        closed.countDown();
        sides.values().forEach(One::kill);
        threads.close();
    }
}
