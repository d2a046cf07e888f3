package de.doppelboden.console;

import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.LeaseSettings;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.ProofSettings;
import de.doppelboden.continuity.ReturnSettings;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.judge.Recording;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Asks the gateway for what it recorded of a service in the last hour; however many people look, not more often than needed. */
@Component
final class RecordingReader {

    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final int KEPT = 32;

    private final GatewayClient gateway;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private record Kept(Hour hour, Instant at) {}

    RecordingReader(GatewayClient gateway, InstantSource clock) {
        this.gateway = gateway;
        this.clock = clock;
    }

    /** A recording, and the service with the settings that it was judged by. */
    record Recorded(Service service, Recording recording) {}

    /**
     * Empty if the gateway does not answer.
     *
     * @param operation its name; empty: all
     */
    synchronized Hour hour(String service, String operation) {
        String key = service + " " + operation;
        Instant now = clock.instant();
        Kept known = kept.get(key);
        if (known == null || Duration.between(known.at(), now).compareTo(FRESH) > 0) {
            if (kept.size() == KEPT) {
                kept.clear();
            }
            known = new Kept(asked(service, operation), now);
            kept.put(key, known);
        }
        return known.hour();
    }

    private Hour asked(String service, String operation) {
        try {
            String query = "?operation=" + URLEncoder.encode(operation, StandardCharsets.UTF_8);
            return hour(gateway.get("/services/" + service + "/hour" + query));
        } catch (IOException | DateTimeException away) {
            return Hour.EMPTY;
        }
    }

    private static Hour hour(JsonNode answer) {
        List<Hour.Operation> operations = new ArrayList<>();
        answer.path("operations")
                .forEach(each -> operations.add(new Hour.Operation(text(each, "name"), duration(each, "budget"))));
        List<Hour.Interval> intervals = new ArrayList<>();
        answer.path("intervals")
                .forEach(each -> intervals.add(new Hour.Interval(
                        text(each, "side"),
                        Instant.parse(text(each, "at")),
                        each.path("ours").asBoolean(false),
                        each.path("good").asLong(0),
                        each.path("late").asLong(0),
                        each.path("failed").asLong(0),
                        each.path("taken").asLong(0),
                        each.path("p50Nanos").asLong(-1) / 1e6,
                        each.path("p95Nanos").asLong(-1) / 1e6)));
        List<Hour.Pending> pendings = new ArrayList<>();
        answer.path("pending")
                .forEach(each -> pendings.add(new Hour.Pending(
                        Instant.parse(text(each, "from")),
                        Instant.parse(text(each, "until")),
                        texts(each.path("classes")),
                        text(each, "sentence"))));
        return new Hour(
                Instant.parse(text(answer, "from")),
                Instant.parse(text(answer, "until")),
                Duration.ofSeconds(answer.path("widthSeconds").asLong(30)),
                operations,
                intervals,
                pendings);
    }

    /** All of it, part by part: what is forgotten while it is read is missing, as it would be a moment later. */
    Recorded recording(String service) throws IOException {
        String path = "/services/" + service + "/recording";
        JsonNode answer = gateway.get(path);
        try {
            List<Recording.Part> parts = new ArrayList<>();
            for (JsonNode part : answer.path("parts")) {
                long number = part.asLong(0);
                byte[] cells = Base64.getDecoder().decode(text(gateway.get(path + "?part=" + number), "cells"));
                parts.add(new Recording.Part(number, ByteBuffer.wrap(cells).asLongBuffer()));
            }
            var operations = operations(answer.path("operations"));
            var recording = new Recording(
                    operations,
                    pauses(answer.path("pauses")),
                    stands(answer.path("stands")),
                    List.of(),
                    answer.path("origin").asLong(0),
                    answer.path("from").asLong(0),
                    answer.path("until").asLong(0),
                    Instant.parse(text(answer, "at")),
                    parts);
            return new Recorded(service(answer.path("service"), operations), recording);
        } catch (DateTimeException | IllegalArgumentException odd) {
            throw new IOException("the gateway's recording is not understood", odd);
        }
    }

    private static Service service(JsonNode s, List<Operation> operations) {
        JsonNode judge = s.path("judge");
        JsonNode back = s.path("returning");
        return new Service(
                text(s, "id"),
                KeyKind.valueOf(text(s, "keys")),
                s.path("sharedState").asBoolean(false),
                operations,
                Mode.AUTOMATIC,
                new JudgeSettings(
                        duration(judge, "falseSwitchEvery"),
                        duration(judge, "span"),
                        duration(judge, "fresh"),
                        duration(judge, "tick"),
                        duration(judge, "history")),
                new ReturnSettings(
                        duration(back, "healthy"),
                        duration(back, "step"),
                        back.path("stepReads").asInt(0),
                        duration(back, "stepAtMost"),
                        back.path("harder").asDouble(1),
                        back.path("hardest").asDouble(1),
                        duration(back, "forget"),
                        duration(back, "hold"),
                        duration(back, "slice")),
                LeaseSettings.DEFAULT,
                ProofSettings.DEFAULT);
    }

    private static List<Operation> operations(JsonNode all) {
        List<Operation> operations = new ArrayList<>();
        all.forEach(each -> operations.add(new Operation(
                text(each, "name"),
                each.path("read").asBoolean(false),
                Policy.valueOf(text(each, "policy")),
                duration(each, "budget"),
                each.path("equivalent").asBoolean(false),
                text(each, "sharedData"))));
        return operations;
    }

    private static List<Recording.Pause> pauses(JsonNode all) {
        List<Recording.Pause> pauses = new ArrayList<>();
        all.forEach(each -> pauses.add(new Recording.Pause(
                each.path("from").asLong(0), each.path("until").asLong(0))));
        return pauses;
    }

    private static List<Recording.Stand> stands(JsonNode all) {
        List<Recording.Stand> stands = new ArrayList<>();
        all.forEach(each -> stands.add(new Recording.Stand(
                each.path("from").asLong(0),
                Side.valueOf(text(each, "serving")),
                each.path("hindered").asBoolean(false))));
        return stands;
    }

    private static List<String> texts(JsonNode all) {
        List<String> texts = new ArrayList<>();
        all.forEach(each -> texts.add(each.asString("")));
        return texts;
    }

    private static Duration duration(JsonNode node, String field) {
        return Duration.parse(text(node, field));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
