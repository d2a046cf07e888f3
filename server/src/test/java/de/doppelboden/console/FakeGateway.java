package de.doppelboden.console;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands in for the gateway's management listener: a real server with answers that a test sets. */
final class FakeGateway implements AutoCloseable {

    final List<String> orders = new CopyOnWriteArrayList<>();
    volatile String state = "NORMAL";
    volatile String reason = "stayed on the primary: users are served within their budgets";
    volatile String refusal = "";
    private final HttpServer server;

    FakeGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/services", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            int status = 200;
            String body;
            if (!authorization.equals("Bearer " + RunningConsole.OPERATOR_TOKEN)) {
                status = 401;
                body = "{\"detail\":\"who are you?\"}";
            } else if (exchange.getRequestMethod().equals("POST")) {
                orders.add(path + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                status = refusal.isEmpty() ? 200 : 409;
                body = refusal.isEmpty()
                        ? "{\"action\":\"FAIL_OVER\",\"reason\":\"moved to the standby as ordered\"}"
                        : "{\"detail\":\"" + refusal + "\"}";
            } else {
                body = path.equals("/services") ? "{\"services\":[" + service(false) + "]}" : service(true);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String service(boolean whole) {
        Instant now = Instant.now();
        boolean standby = !state.equals("NORMAL") && !state.equals("EXERCISING");
        return """
                {"id":"register","name":"Melderegister","kind":"register","mode":"AUTOMATIC","state":"%s","side":"%s",
                 "since":"%s","action":"STAY","reason":"%s","at":"%s","epoch":7,"listen":"127.0.0.1:8081",
                 "primary":"http://127.0.0.1:18081",
                 "evidence":{"primary":"%s","standby":"HEALTHY",
                   "sentence":"paired over 12 s: 34 of 40 searches late on the primary, 0 of 12 on the standby",
                   "figures":[{"name":"register.search late","value":85,"unit":"%%"}]},
                 "feed":{"state":"RUNNING","asOf":"%s","lagMs":1200,"sentence":"rows are read every second"},
                 "proof":{"at":"%s","until":"%s","fresh":true,"sentence":"2 of 40 desks for 5 minutes, 312 of 312 in budget, nothing lost"},
                 "journal":{"open":3,"worklist":2}%s}
                """.formatted(
                        state,
                        standby ? "STANDBY" : "PRIMARY",
                        now.minusSeconds(754),
                        reason,
                        now,
                        standby ? "FAILED" : "HEALTHY",
                        now.minusMillis(1200),
                        now.minusSeconds(3 * 86_400),
                        now.plusSeconds(27 * 86_400),
                        whole ? "," + rest(now) : "");
    }

    private static String rest(Instant now) {
        StringBuilder day = new StringBuilder();
        Instant begin = now.minusSeconds(24 * 3600);
        for (int i = 0; i < 144; i++) {
            boolean ill = i >= 100 && i < 120;
            day.append(i == 0 ? "" : ",").append("""
                            {"at":"%s","minutes":10,"primary":{"inBudget":%d,"late":%d,"failed":%d,"none":%d},
                             "standby":{"inBudget":%d,"late":0,"failed":0,"none":0}}
                            """.formatted(
                            begin.plusSeconds(i * 600L),
                            ill ? 5 : 40 + i % 17,
                            ill ? 14 : i % 3,
                            ill ? 9 : 0,
                            ill ? 6 : 0,
                            ill ? 44 : 4));
        }
        return """
                "day":[%s],
                "decisions":[
                  {"at":"%s","action":"FAIL_OVER","state":"FAILING_OVER","reason":"moved users to the standby: 34 of 40 searches were late on the primary"},
                  {"at":"%s","action":"RECONCILE","state":"RECONCILING","reason":"the primary answers probes again"},
                  {"at":"%s","action":"FAIL_BACK","state":"NORMAL","reason":"the primary has proven itself and has all of the journal"}],
                "proofs":[{"at":"%s","until":"%s","fresh":true,"sentence":"2 of 40 desks for 5 minutes, nothing lost"}],
                "bypass":"Point the name register.example at the primary's address; the bypass was checked 2 minutes ago"
                """.formatted(
                        day,
                        begin.plusSeconds(100 * 600),
                        begin.plusSeconds(116 * 600),
                        begin.plusSeconds(120 * 600),
                        now.minusSeconds(3 * 86_400),
                        now.plusSeconds(27 * 86_400));
    }
}
