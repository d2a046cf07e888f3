package de.doppelboden.register.gate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A primary that can be made ill, and a control process that shows our pages, both small. */
final class FakeSides implements AutoCloseable {

    /** How the primary is. */
    enum Health {
        WELL,
        /** Single requests are quick, but only two a second come through. */
        LIMPING,
        /** Answers nothing. */
        HANGING,
        /** 200 with an error page. */
        LYING
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore capacity = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int primaryPort;
    private final HttpServer standby;
    private HttpServer primary;
    volatile Health health = Health.WELL;
    final List<String> atPrimary = new CopyOnWriteArrayList<>();
    final List<String> atStandby = new CopyOnWriteArrayList<>();
    final List<com.sun.net.httpserver.Headers> standbyHeaders = new CopyOnWriteArrayList<>();
    volatile String loginHeader = "";

    /** Probes come at any time, and name no operation. */
    com.sun.net.httpserver.Headers latestOfAUser() {
        return standbyHeaders.reversed().stream()
                .filter(headers -> headers.containsKey("Doppelboden-Operation"))
                .findFirst()
                .orElseThrow();
    }

    /** What people ask for at addresses with this in them is not answered; empty for nothing. */
    volatile String hangsAt = "";

    /** Control sends everybody to the log-in. */
    volatile boolean strangers;

    /** The primary's sessions are over. */
    volatile boolean sessionsOver;

    FakeSides() throws IOException {
        primary = server(0, this::primary);
        primaryPort = primary.getAddress().getPort();
        standby = server(0, this::standby);
        threads.execute(() -> {
            try {
                while (!closed.await(500, TimeUnit.MILLISECONDS)) {
                    capacity.release(1);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private HttpServer server(int port, com.sun.net.httpserver.HttpHandler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    void killPrimary() {
        primary.stop(0);
    }

    void revivePrimary() throws IOException {
        primary = server(primaryPort, this::primary);
    }

    private void primary(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        boolean person = exchange.getRequestHeaders().getFirst("X-Probe") == null;
        switch (health) {
            case WELL -> {}
            case LIMPING -> awaitTurn();
            case HANGING -> awaitEnd();
            case LYING -> {
                answer(exchange, 200, "<h1>Interner Fehler ORA-00257</h1>");
                return;
            }
        }
        if (person) {
            atPrimary.add(line);
        }
        if (person && !hangsAt.isEmpty() && line.contains(hangsAt)) {
            awaitEnd();
        }
        if (line.startsWith("POST /anmeldung")) {
            logIn(exchange, body);
        } else if (exchange.getRequestMethod().equals("POST") && line.contains("/umzug")) {
            exchange.getResponseHeaders().add("Location", sessionsOver ? "/anmeldung" : "/person/4711?ok=1");
            answer(exchange, 303, "");
        } else {
            answer(exchange, 200, "<meta name=\"register-page\" content=\"x\"> Treffer, kennung, primary " + line);
        }
    }

    private void awaitTurn() {
        try {
            capacity.acquire();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void logIn(HttpExchange exchange, String body) throws IOException {
        if (body.contains("kennwort=richtig")) {
            exchange.getResponseHeaders().add("Location", "/suche");
            exchange.getResponseHeaders().add("Set-Cookie", "REGSITZUNG=abc123; Path=/; HttpOnly");
            answer(exchange, 303, "");
        } else {
            answer(exchange, 200, "Anmeldung fehlgeschlagen");
        }
    }

    private void standby(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        atStandby.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI() + (body.isEmpty() ? "" : " " + body));
        standbyHeaders.add(exchange.getRequestHeaders());
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/notbetrieb/anmeldung") && exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().add("Doppelboden-Login", loginHeader);
            exchange.getResponseHeaders().add("Location", "/notbetrieb/");
            answer(exchange, 303, "");
        } else if (path.equals("/notbetrieb/uebernahme") && strangers) {
            exchange.getResponseHeaders().add("Location", "/notbetrieb/anmeldung");
            answer(exchange, 303, "");
        } else if (path.endsWith("/umzug") && exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().add("Location", "/notbetrieb/beleg/1");
            answer(exchange, 303, "");
        } else {
            if (path.equals("/notbetrieb/uebernahme")) {
                exchange.getResponseHeaders().add("Doppelboden-Taken", "yes");
            }
            answer(
                    exchange,
                    200,
                    "<meta name=\"doppelboden-page\" content=\"x\"> Treffer, standby " + exchange.getRequestURI());
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    URI primaryAddress() {
        return URI.create("http://127.0.0.1:" + primaryPort);
    }

    URI standbyAddress() {
        return URI.create("http://127.0.0.1:" + standby.getAddress().getPort());
    }

    @Override
    public void close() {
        closed.countDown();
        primary.stop(0);
        standby.stop(0);
        threads.shutdownNow();
    }
}
