package de.doppelboden.gateway;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Time;
import de.doppelboden.gateway.http.Exchange;
import de.doppelboden.gateway.http.Handler;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The management listener: health, metrics, how the services stand, and orders. Needs neither the database nor the control
 * process. Orders need the token that lies beside the keys; whoever may read it may give orders.
 */
final class Management implements Handler {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern SERVICE = Pattern.compile("/services/([a-z][a-z0-9-]{0,31})(?:/([a-z/]{1,32}))?");
    private static final int MOST_HOURS = 24;
    private static final Duration STUCK = Duration.ofSeconds(2);
    private static final String JSON_TYPE = "application/json";

    private final Map<String, GatewayService> services;
    private final Orders orders;
    private final OwnLag lag;
    private final byte[] token;
    private final Time time;

    Management(Map<String, GatewayService> services, Orders orders, OwnLag lag, String token, Time time) {
        this.services = new LinkedHashMap<>(services);
        this.orders = orders;
        this.lag = lag;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.time = time;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        exchange.hold();
        exchange.reply(answer(exchange));
    }

    private Reply answer(Exchange exchange) {
        var request = exchange.request();
        boolean get = request.method().equals("GET") || request.method().equals("HEAD");
        return switch (request.path()) {
            case "/livez" -> alive(lag.sinceBeatNanos() < STUCK.toNanos());
            case "/readyz" ->
                alive(services.values().stream().allMatch(s -> s.listener().open()));
            case "/metrics" -> Reply.of(200, Metrics.TYPE, Metrics.of(services.values(), lag));
            case "/services" -> get ? all() : notAllowed();
            default -> {
                Matcher matcher = SERVICE.matcher(request.path());
                var service = matcher.matches() ? services.get(matcher.group(1)) : null;
                if (service == null) {
                    yield Refusals.problem(404, "Not found", "there is no such service or path");
                }
                String rest = matcher.group(2) == null ? "" : matcher.group(2);
                yield get ? look(exchange, service, rest) : order(exchange, service, rest);
            }
        };
    }

    private static Reply alive(boolean yes) {
        return Reply.json(yes ? 200 : 503, "{\"status\":\"" + (yes ? "up" : "down") + "\"}");
    }

    private static Reply notAllowed() {
        return Refusals.problem(405, "Method not allowed", "this is only to be looked at");
    }

    private Reply all() {
        var body = JSON.createObjectNode();
        var list = body.putArray("services");
        services.values().forEach(service -> list.add(status(service)));
        return Reply.of(200, JSON_TYPE, body.toString());
    }

    private static ObjectNode status(GatewayService service) {
        var body = JSON.createObjectNode();
        var status = service.cycle().status();
        body.put("id", status.id());
        body.put("name", service.name());
        body.put("kind", service.kind());
        body.put("proven", service.cycle().proven());
        service.certificateExpires().ifPresent(at -> body.put("certificateExpires", at.toString()));
        body.setAll((ObjectNode) JSON.valueToTree(status));
        return body;
    }

    private Reply look(Exchange exchange, GatewayService service, String what) {
        return switch (what) {
            case "" -> Reply.of(200, JSON_TYPE, status(service).toString());
            case "primary" -> serves(service, Side.PRIMARY);
            case "standby" -> serves(service, Side.STANDBY);
            case "traffic" -> traffic(exchange.request().query(), service);
            case "hour" -> hour(exchange.request().query(), service);
            case "recording" -> recording(exchange.request().query(), service);
            default -> Refusals.problem(404, "Not found", "there is no such path");
        };
    }

    /** 200 if that side serves, else 503, as Patroni's. */
    private static Reply serves(GatewayService service, Side side) {
        var users = service.cycle().users();
        boolean yes = users.serving() == side;
        var body = JSON.createObjectNode();
        body.put("service", service.cycle().service().id());
        body.put("state", users.state().name());
        body.put("serving", users.serving().name());
        return Reply.of(yes ? 200 : 503, JSON_TYPE, body.toString());
    }

    private Reply traffic(String query, GatewayService service) {
        int hours = MOST_HOURS;
        Matcher asked = Pattern.compile("(?:^|&)hours=(\\d{1,3})(?:&|$)").matcher(query);
        if (asked.find()) {
            hours = Math.clamp(Integer.parseInt(asked.group(1)), 1, MOST_HOURS);
        }
        var from = time.wall().minus(Duration.ofHours(hours));
        var body = JSON.createObjectNode();
        body.put("service", service.cycle().service().id());
        body.put("from", from.toString());
        body.set("bins", JSON.valueToTree(service.cycle().traffic(from)));
        var marks = body.putArray("decisions");
        service.cycle()
                .decisions(from)
                .forEach(mark -> marks.addObject()
                        .put("at", mark.at().toString())
                        .put("action", mark.decision().action().name())
                        .put("reason", mark.decision().reason())
                        .put("state", mark.state().name()));
        return Reply.of(200, JSON_TYPE, body.toString());
    }

    private static Reply hour(String query, GatewayService service) {
        return Reply.of(200, JSON_TYPE, LastHour.intervals(service.cycle().recording(), query));
    }

    private static Reply recording(String query, GatewayService service) {
        var cycle = service.cycle();
        return Reply.of(200, JSON_TYPE, LastHour.recording(cycle.service(), cycle.recording(), query));
    }

    private Reply order(Exchange exchange, GatewayService service, String what) {
        if (!exchange.request().method().equals("POST")) {
            return notAllowed();
        }
        if (!authorized(exchange.request())) {
            return Refusals.problem(401, "Unauthorized", "orders need the bearer token of this installation")
                    .with("WWW-Authenticate", "Bearer");
        }
        JsonNode body;
        try {
            body = JSON.readTree(exchange.held().length == 0 ? utf8("{}") : exchange.held());
        } catch (JacksonException bad) {
            return Refusals.problem(400, "Bad request", "the body is not JSON");
        }
        if (body.path("reason").asString("").isBlank()) {
            return Refusals.problem(
                    422, "A reason is missing", "each order needs a reason; it stands in the evidence log");
        }
        try {
            return orders.give(service, what, body)
                    .map(decision -> Reply.of(200, JSON_TYPE, JSON.writeValueAsString(decision)))
                    .orElseGet(() -> Refusals.problem(404, "Not found", "there is no such order"));
        } catch (IllegalArgumentException bad) {
            return Refusals.problem(422, "Not possible", String.valueOf(bad.getMessage()));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean authorized(RequestHead request) {
        String given = request.headers().first("authorization").orElse("");
        return given.toLowerCase(Locale.ROOT).startsWith("bearer ")
                && MessageDigest.isEqual(utf8(given.substring(7).strip()), token);
    }

    @Override
    public Reply refusal(int status, String detail, @Nullable RequestHead head) {
        return Refusals.problem(status, "The request was not accepted", detail);
    }
}
