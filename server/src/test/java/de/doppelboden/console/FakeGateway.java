package de.doppelboden.console;

import com.sun.net.httpserver.HttpServer;
import de.doppelboden.continuity.judge.Recording;
import de.doppelboden.gateway.LastHour;
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
    volatile String feed = "RUNNING";
    volatile String reason = "the primary answered 128 of the last 128 requests well; primary healthy, standby healthy";
    volatile String refusal = "";
    volatile String certificateExpires = "";
    volatile boolean recordsNothing;
    private final Recording recording = RecordedHour.until(Instant.now());
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
                        : answer(path, exchange.getRequestURI().getRawQuery());
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

    private String answer(String path, String query) {
        if (path.endsWith("/hour") && recordsNothing) {
            return "{}";
        }
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "traffic" -> traffic(Instant.now());
            case "hour" -> LastHour.intervals(recording, query);
            case "recording" -> LastHour.recording(RecordedHour.SERVICE, recording, query == null ? "" : query);
            default -> service();
        };
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
                 "decision":{"action":"STAY","reason":"the primary answered 128 of the last 128 requests well; primary healthy, standby healthy"},
                 "verdicts":{"primary":"%s","standby":"HEALTHY"},
                 "evidence":{"at":"%s","against":[],
                   "sentence":"the primary keeps users waiting: 34 of 40 requests (register.search) within 4.2 s were past half their time, 12 are waiting, the longest for 2.1 s; the standby answered 12 of 12 well at the same time",
                   "figures":[{"name":"register.search late","value":85.0,"unit":"%%"}]},
                 "feed":{"phase":"%s","current":"%s","behindSeconds":1,"reason":"rows are read every second"},
                 "proof":{"at":"%s","expires":"%s","fresh":true,"requests":312,"inBudget":312,"lost":0,
                   "sentence":"proven: the standby served 312 requests of 5 %%, 312 of them well, in 5 min; nothing was lost"},
                 "journal":{"open":3,"held":0,"worklist":2},"permit":null,"details":{"ramp":"the primary gets 25 %% of the reads as well: 40 mirrored, 0 worse than the standby, since 4.0 s","store":""},
                 "certificateExpires":"%s"}
                """.formatted(
                        state,
                        standby ? "STANDBY" : "PRIMARY",
                        now.minusSeconds(754),
                        reason,
                        standby ? "FAILED" : "HEALTHY",
                        now,
                        feed,
                        now.minusMillis(1200),
                        now.minusSeconds(3 * 86_400),
                        now.plusSeconds(27 * 86_400),
                        certificateExpires);
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
                  {"at":"%s","action":"FAIL_OVER","state":"FAILING_OVER","reason":"the primary keeps users waiting: 34 of 40 requests within 4.2 s were past half their time, none is waiting; the standby answered 12 of 12 well at the same time"},
                  {"at":"%s","action":"RECONCILE","state":"RECONCILING","reason":"the primary is well again: it gets mirrored reads and the journal, and must prove itself"},
                  {"at":"%s","action":"FAIL_BACK","state":"NORMAL","reason":"all users are back on the primary, which has all of the journal that needs no person"},
                  {"at":"%s","action":"FAIL_OVER","state":"ON_STANDBY","reason":"the primary keeps users waiting: 31 of 31 requests within 1.5 s were past half their time, 29 are waiting, the longest for 1.5 s; the standby answered 4 of 4 well at the same time"}]}
                """.formatted(
                        begin,
                        bins,
                        begin.plusSeconds(1000 * 60),
                        begin.plusSeconds(1160 * 60),
                        begin.plusSeconds(1200 * 60),
                        now.minus(RecordedHour.MOVED_BEFORE));
    }

    private static String bin(String side, Instant begin, int minute, int good, int late, int failed) {
        return "{\"side\":\"%s\",\"minute\":\"%s\",\"inBudget\":%d,\"late\":%d,\"failed\":%d,\"none\":0}"
                .formatted(side, begin.plusSeconds(minute * 60L), good, late, failed);
    }
}
