package de.doppelboden.console;

import de.doppelboden.console.Day.Counts;
import de.doppelboden.console.Day.Marked;
import de.doppelboden.console.Day.Traffic;
import de.doppelboden.console.ServiceStatus.Feed;
import de.doppelboden.console.ServiceStatus.Figure;
import de.doppelboden.console.ServiceStatus.Journal;
import de.doppelboden.console.ServiceStatus.Judgement;
import de.doppelboden.console.ServiceStatus.PermitStatus;
import de.doppelboden.console.ServiceStatus.ProofStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads what the gateway says; what is missing or odd is left out, because half a status is better than none. */
final class StatusReader {

    private StatusReader() {}

    static List<ServiceStatus> services(JsonNode answer) {
        return list(answer.path("services"), StatusReader::service);
    }

    static ServiceStatus service(JsonNode s) {
        return new ServiceStatus(
                text(s, "id"),
                s.path("name").asString(text(s, "id")),
                text(s, "mode"),
                text(s, "state"),
                s.path("serving").asString(servingSide(text(s, "state"))),
                instant(s.path("since")),
                text(s, "reason"),
                s.path("epoch").asLong(0),
                new Judgement(
                        text(s.path("verdicts"), "primary"),
                        text(s.path("verdicts"), "standby"),
                        measured(s),
                        list(s.path("evidence").path("figures"), f -> new Figure(text(f, "name"), figure(f)))),
                s.path("feed").isObject() ? Optional.of(feed(s.path("feed"))) : Optional.empty(),
                s.path("proof").isObject() ? proof(s.path("proof")) : Optional.empty(),
                s.path("journal").isObject() ? Optional.of(journal(s.path("journal"))) : Optional.empty(),
                s.path("permit").isObject() ? Optional.of(permit(s.path("permit"))) : Optional.empty(),
                details(s.path("details")),
                instant(s.path("certificateExpires")));
    }

    /** The evidence; while users are on the primary, and stay, with what keeps them there. */
    private static String measured(JsonNode s) {
        JsonNode decision = s.path("decision");
        boolean stays =
                text(s, "state").equals("NORMAL") && text(decision, "action").equals("STAY");
        return text(stays ? decision : s.path("evidence"), stays ? "reason" : "sentence");
    }

    /** From the file in which a gateway keeps its last state. */
    static ServiceStatus lastState(String id, String name, JsonNode saved) {
        String state = text(saved, "state");
        return new ServiceStatus(
                id,
                name,
                text(saved, "mode"),
                state,
                saved.path("owner").asString(servingSide(state)),
                instant(saved.path("since")),
                text(saved, "reason"),
                saved.path("epoch").asLong(0),
                new Judgement("", "", "", List.of()),
                Optional.empty(),
                saved.path("proof").isObject() ? proof(saved.path("proof")) : Optional.empty(),
                Optional.empty(),
                saved.path("permit").isObject() ? Optional.of(permit(saved.path("permit"))) : Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** What users got on both sides and what was decided, as the gateway lists it. */
    static Day day(JsonNode answer) {
        Map<Instant, Traffic> minutes = new TreeMap<>();
        answer.path("bins").forEach(bin -> {
            Instant at = instant(bin.path("minute")).orElse(Instant.EPOCH);
            Counts counts = new Counts(
                    bin.path("inBudget").asLong(0),
                    bin.path("late").asLong(0),
                    bin.path("failed").asLong(0),
                    bin.path("none").asLong(0));
            boolean probes = counts.all() > 0 && bin.path("probes").asLong(0) == counts.all();
            minutes.merge(at, traffic(at, text(bin, "side").equals("STANDBY"), probes, counts), Traffic::plus);
        });
        return new Day(List.copyOf(minutes.values()), list(answer.path("decisions"), StatusReader::marked));
    }

    private static Traffic traffic(Instant at, boolean standby, boolean probes, Counts counts) {
        return new Traffic(
                at,
                standby || probes ? Counts.NONE : counts,
                standby && !probes ? counts : Counts.NONE,
                !standby && probes ? counts : Counts.NONE,
                standby && probes ? counts : Counts.NONE);
    }

    private static String servingSide(String state) {
        return switch (state) {
            case "NORMAL", "EXERCISING" -> "PRIMARY";
            case "" -> "";
            default -> "STANDBY";
        };
    }

    private static String figure(JsonNode f) {
        if (f.path("value").isNumber()) {
            return trimmed(f.path("value").asDouble()) + " " + text(f, "unit");
        }
        return text(f, "value");
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(Math.round(value * 10) / 10.0);
    }

    private static Feed feed(JsonNode f) {
        long behind = f.path("behindSeconds").asLong(-1);
        return new Feed(
                text(f, "phase"),
                instant(f.path("current")),
                behind < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(behind)),
                text(f, "reason"));
    }

    private static Optional<ProofStatus> proof(JsonNode p) {
        return instant(p.path("at"))
                .map(at -> new ProofStatus(at, p.path("fresh").asBoolean(false), text(p, "sentence")));
    }

    private static List<Figure> details(JsonNode details) {
        List<Figure> all = new ArrayList<>();
        details.properties().forEach(d -> {
            String value = d.getValue().asString("");
            if (!value.isBlank()) {
                all.add(new Figure(d.getKey(), value));
            }
        });
        return all;
    }

    private static Journal journal(JsonNode j) {
        return new Journal(j.path("open").asLong(0), j.path("worklist").asLong(0));
    }

    private static PermitStatus permit(JsonNode p) {
        return new PermitStatus(
                text(p, "side"), text(p, "stage"), text(p, "what"), text(p, "reason"), instant(p.path("since")));
    }

    private static Marked marked(JsonNode d) {
        return new Marked(
                instant(d.path("at")).orElse(Instant.EPOCH), text(d, "action"), text(d, "state"), text(d, "reason"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static Optional<Instant> instant(JsonNode node) {
        try {
            return node.isString() ? Optional.of(Instant.parse(node.asString())) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
        List<T> all = new ArrayList<>();
        array.forEach(node -> all.add(reader.apply(node)));
        return all;
    }
}
