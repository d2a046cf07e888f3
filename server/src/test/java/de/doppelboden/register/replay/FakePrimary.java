package de.doppelboden.register.replay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** A primary with an interface for orders that carries out what it gets and can be told to misbehave. */
final class FakePrimary implements AutoCloseable {

    /** How it answers the next order. */
    enum Mood {
        WELL,
        /** Carries the order out and closes the connection without a word. */
        CARRIES_OUT_AND_LOSES_THE_ANSWER,
        /** Closes the connection without a word. */
        LOSES_THE_ORDER,
        CARRIES_OUT_THE_FORM_MEANWHILE,
        /** Carries the order out and never answers. */
        CARRIES_OUT_AND_HANGS,
        /** Carries the order out and shows an error page with status 200. */
        LIES,
        BUSY,
        BREAKS
    }

    final Map<String, String> carriedOut = new HashMap<>();
    final List<String> seen = new ArrayList<>();
    Mood mood = Mood.WELL;
    long stand = 7;
    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpServer server;

    FakePrimary() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/auftraege", this::orders);
        server.createContext(
                "/api/v1/personen/4711",
                exchange -> answer(exchange, 200, "{\"om\":\"4711\",\"stand\":\"" + stand + "\"}"));
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void orders(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer secret")) {
            answer(exchange, 401, "{\"status\":401}");
            return;
        }
        var path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("GET")) {
            if (mood == Mood.LIES) {
                page(exchange);
                return;
            }
            var known = carriedOut.get(path.substring(path.lastIndexOf('/') + 1));
            answer(exchange, known == null ? 404 : 200, known == null ? "{\"status\":404}" : known);
            return;
        }
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(body);
        switch (mood) {
            case WELL -> well(exchange, body);
            case CARRIES_OUT_AND_LOSES_THE_ANSWER -> {
                carryOut(exchange);
                exchange.close();
            }
            case LOSES_THE_ORDER -> exchange.close();
            case CARRIES_OUT_AND_HANGS -> {
                carryOut(exchange);
                hang();
            }
            case LIES -> {
                carryOut(exchange);
                page(exchange);
            }
            case CARRIES_OUT_THE_FORM_MEANWHILE -> {
                carryOut(exchange);
                answer(exchange, 409, "{\"status\":409,\"aktuell\":{\"om\":\"4711\"}}");
            }
            case BUSY -> answer(exchange, 503, "{\"status\":503}");
            case BREAKS -> answer(exchange, 500, "{\"status\":500}");
        }
    }

    private void well(HttpExchange exchange, String body) throws IOException {
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (carriedOut.containsKey(key)) {
            answer(exchange, 200, carriedOut.get(key));
            return;
        }
        var order = JsonMapper.shared().readTree(body);
        if (order.path("art").asString().equals("umzug")
                && !order.path("stand").asString().equals(String.valueOf(stand))) {
            answer(
                    exchange,
                    409,
                    "{\"status\":409,\"stand\":\"" + stand
                            + "\",\"aktuell\":{\"om\":\"4711\",\"strasse\":\"Anders\"}}");
            return;
        }
        answer(exchange, 201, carryOut(exchange));
    }

    private String carryOut(HttpExchange exchange) {
        stand++;
        var result = "{\"auftrag\":\"" + (100 + carriedOut.size()) + "\",\"om\":\"4711\",\"stand\":\"" + stand + "\"}";
        carriedOut.put(exchange.getRequestHeaders().getFirst("Idempotency-Key"), result);
        return result;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        send(exchange, status, "application/json", json);
    }

    private static void page(HttpExchange exchange) throws IOException {
        send(exchange, 200, "text/html; charset=UTF-8", "<h1>Interner Fehler</h1>");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
