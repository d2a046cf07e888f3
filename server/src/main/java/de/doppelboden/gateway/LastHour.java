package de.doppelboden.gateway;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.judge.Recording;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a service recorded of the last hour, as JSON: in intervals for a picture, or the whole of it, part by part, for whoever wants
 * to play it again. That is not done here: it takes seconds of a processor that users need.
 */
public final class LastHour {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Pattern OPERATION = Pattern.compile("(?:^|&)operation=([^&]{0,500})");
    private static final Pattern PART = Pattern.compile("(?:^|&)part=(\\d{1,15})(?:&|$)");

    private LastHour() {}

    public static String intervals(Recording recording, String query) {
        Matcher asked = OPERATION.matcher(query);
        String operation = asked.find() ? decoded(asked.group(1)) : "";
        var body = JSON.createObjectNode();
        body.put("from", recording.wall(recording.from()).toString());
        body.put("until", recording.at().toString());
        body.put("widthSeconds", INTERVAL.toSeconds());
        operations(body.putArray("operations"), recording);
        var intervals = body.putArray("intervals");
        for (var each : recording.intervals(operation, INTERVAL)) {
            intervals
                    .addObject()
                    .put("side", each.side().name())
                    .put("at", each.begin().toString())
                    .put("ours", each.ours())
                    .put("good", each.good())
                    .put("late", each.late())
                    .put("failed", each.failed())
                    .put("taken", each.taken())
                    .put("p50Nanos", each.p50Nanos())
                    .put("p95Nanos", each.p95Nanos());
        }
        pendings(body.putArray("pending"), recording);
        return body.toString();
    }

    /** All but the cells, with the numbers of the parts that hold them; or one part. */
    public static String recording(Service service, Recording recording, String query) {
        var body = JSON.createObjectNode();
        Matcher part = PART.matcher(query);
        if (part.find()) {
            long number = Long.parseLong(part.group(1));
            recording.parts().stream()
                    .filter(each -> each.number() == number)
                    .findFirst()
                    .ifPresent(each -> body.put("cells", packed(each)));
            return body.toString();
        }
        settings(body.putObject("service"), service);
        operations(body.putArray("operations"), recording);
        var pauses = body.putArray("pauses");
        recording
                .pauses()
                .forEach(each -> pauses.addObject().put("from", each.from()).put("until", each.until()));
        var stands = body.putArray("stands");
        recording
                .stands()
                .forEach(each -> stands.addObject()
                        .put("from", each.from())
                        .put("serving", each.serving().name())
                        .put("hindered", each.hindered()));
        body.put("origin", recording.origin());
        body.put("from", recording.from());
        body.put("until", recording.until());
        body.put("at", recording.at().toString());
        var parts = body.putArray("parts");
        recording.parts().forEach(each -> parts.add(each.number()));
        return body.toString();
    }

    private static void settings(ObjectNode to, Service from) {
        to.put("id", from.id());
        to.put("keys", from.keys().name());
        to.put("sharedState", from.sharedState());
        var judge = from.judge();
        to.putObject("judge")
                .put("falseSwitchEvery", judge.falseSwitchEvery().toString())
                .put("span", judge.span().toString())
                .put("fresh", judge.fresh().toString())
                .put("tick", judge.tick().toString())
                .put("history", judge.history().toString());
        var back = from.returning();
        to.putObject("returning")
                .put("healthy", back.healthy().toString())
                .put("step", back.step().toString())
                .put("stepReads", back.stepReads())
                .put("stepAtMost", back.stepAtMost().toString())
                .put("harder", back.harder())
                .put("hardest", back.hardest())
                .put("forget", back.forget().toString())
                .put("hold", back.hold().toString())
                .put("slice", back.slice().toString());
    }

    private static void operations(ArrayNode to, Recording recording) {
        for (Operation each : recording.operations()) {
            to.addObject()
                    .put("name", each.name())
                    .put("read", each.read())
                    .put("policy", each.policy().name())
                    .put("budget", each.budget().toString())
                    .put("equivalent", each.equivalent())
                    .put("sharedData", each.sharedData());
        }
    }

    private static void pendings(ArrayNode to, Recording recording) {
        for (var each : recording.pendings()) {
            var pending = to.addObject();
            pending.put("from", recording.wall(each.from()).toString());
            pending.put("until", recording.wall(each.until()).toString());
            pending.put("sentence", each.sentence());
            var classes = pending.putArray("classes");
            each.classes().stream().sorted().forEach(classes::add);
        }
    }

    private static String packed(Recording.Part part) {
        var bytes = ByteBuffer.allocate(part.cells().limit() * Long.BYTES);
        bytes.asLongBuffer().put(part.cells().duplicate());
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException odd) {
            return text;
        }
    }
}
