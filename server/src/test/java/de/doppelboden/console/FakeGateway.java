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
public final class FakeGateway implements AutoCloseable {

    final List<String> orders = new CopyOnWriteArrayList<>();
    public volatile String state = "NORMAL";
    volatile String reason = "stayed on the primary: users are served within their budgets";
    volatile String refusal = "";
    private final HttpServer server;

    public FakeGateway() throws IOException {
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
                body = path.equals("/services")
                        ? "{\"services\":[" + service() + "]}"
                        : path.endsWith("/traffic") ? traffic(Instant.now()) : service();
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

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String service() {
        Instant now = Instant.now();
        boolean standby = !state.equals("NORMAL") && !state.equals("EXERCISING");
        return """
                {"id":"register","name":"Melderegister","kind":"register","mode":"AUTOMATIC","state":"%s","serving":"%s",
                 "since":"%s","reason":"%s","epoch":7,"owner":"PRIMARY",
                 "decision":{"action":"STAY","reason":"users are served within their budgets"},
                 "verdicts":{"primary":"%s","standby":"HEALTHY"},
                 "evidence":{"at":"%s","against":[],
                   "sentence":"paired over 12 s: 34 of 40 searches late on the primary, 0 of 12 on the standby",
                   "figures":[{"name":"register.search late","value":85.0,"unit":"%%"}]},
                 "feed":{"phase":"RUNNING","current":"%s","behindSeconds":1,"reason":"rows are read every second"},
                 "proof":{"at":"%s","expires":"%s","fresh":true,"requests":312,"inBudget":312,"lost":0,
                   "sentence":"2 of 40 desks for 5 minutes, 312 of 312 in budget, nothing lost"},
                 "journal":{"open":3,"held":0,"worklist":2},"permit":null,"details":{"ramp":"25 %% mirrored"}}
                """.formatted(
                        state,
                        standby ? "STANDBY" : "PRIMARY",
                        now.minusSeconds(754),
                        reason,
                        standby ? "FAILED" : "HEALTHY",
                        now,
                        now.minusMillis(1200),
                        now.minusSeconds(3 * 86_400),
                        now.plusSeconds(27 * 86_400));
    }

    private static String traffic(Instant now) {
        StringBuilder bins = new StringBuilder();
        Instant begin = now.minusSeconds(24 * 3600);
        for (int i = 0; i < 24 * 60; i++) {
            boolean ill = i >= 1000 && i < 1200;
            bins.append(i == 0 ? "" : ",")
                    .append(bin("PRIMARY", begin, i, ill ? 1 : 4 + i / 60 % 5, ill ? 2 : i % 30 / 29, ill ? 2 : 0))
                    .append(",")
                    .append(bin("STANDBY", begin, i, ill ? 5 : 1, 0, 0));
        }
        return """
                {"service":"register","from":"%s","bins":[%s],
                "decisions":[
                  {"at":"%s","action":"FAIL_OVER","state":"FAILING_OVER","reason":"moved users to the standby: 34 of 40 searches were late on the primary"},
                  {"at":"%s","action":"RECONCILE","state":"RECONCILING","reason":"the primary answers probes again"},
                  {"at":"%s","action":"FAIL_BACK","state":"NORMAL","reason":"the primary has proven itself and has all of the journal"}]}
                """.formatted(
                begin, bins, begin.plusSeconds(1000 * 60), begin.plusSeconds(1160 * 60), begin.plusSeconds(1200 * 60));
    }

    private static String bin(String side, Instant begin, int minute, int good, int late, int failed) {
        return "{\"side\":\"%s\",\"minute\":\"%s\",\"inBudget\":%d,\"late\":%d,\"failed\":%d,\"none\":0}"
                .formatted(side, begin.plusSeconds(minute * 60L), good, late, failed);
    }
}
