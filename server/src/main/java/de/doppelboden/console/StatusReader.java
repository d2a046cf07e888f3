package de.doppelboden.console;

import de.doppelboden.console.ServiceStatus.Counts;
import de.doppelboden.console.ServiceStatus.Feed;
import de.doppelboden.console.ServiceStatus.Figure;
import de.doppelboden.console.ServiceStatus.Journal;
import de.doppelboden.console.ServiceStatus.Judgement;
import de.doppelboden.console.ServiceStatus.Marked;
import de.doppelboden.console.ServiceStatus.PermitStatus;
import de.doppelboden.console.ServiceStatus.ProofStatus;
import de.doppelboden.console.ServiceStatus.Traffic;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads what the gateway says; what is missing or odd is left out, because half a status is better than none. */
final class StatusReader {

    private StatusReader() {}

    static List<ServiceStatus> services(JsonNode answer) {
        return list(answer.path("services"), StatusReader::service);
    }

    static ServiceStatus service(JsonNode s) {
        String state = text(s, "state");
        String side = text(s, "side");
        return new ServiceStatus(
                text(s, "id"),
                s.path("name").asString(text(s, "id")),
                text(s, "mode"),
                state,
                side.isEmpty() ? servingSide(state) : side,
                instant(s.path("since")),
                text(s, "reason"),
                instant(s.path("at")),
                s.path("epoch").asLong(0),
                text(s, "listen"),
                text(s, "primary"),
                judgement(s.path("evidence")),
                s.path("feed").isObject() ? Optional.of(feed(s.path("feed"))) : Optional.empty(),
                s.path("proof").isObject() ? proof(s.path("proof")) : Optional.empty(),
                s.path("journal").isObject() ? Optional.of(journal(s.path("journal"))) : Optional.empty(),
                s.path("permit").isObject() ? Optional.of(permit(s.path("permit"))) : Optional.empty(),
                list(s.path("day"), StatusReader::traffic),
                list(s.path("decisions"), StatusReader::marked),
                list(s.path("proofs"), StatusReader::proof).stream()
                        .flatMap(Optional::stream)
                        .toList(),
                text(s, "bypass"));
    }

    /** From the file in which a gateway keeps its last state. */
    static ServiceStatus lastState(String id, String name, JsonNode saved) {
        JsonNode ownership = saved.path("ownership");
        String state = text(saved, "state");
        String owner = text(ownership, "owner");
        return new ServiceStatus(
                id,
                name,
                text(saved, "mode"),
                state,
                owner.isEmpty() ? servingSide(state) : owner,
                instant(saved.path("since")),
                text(saved, "reason"),
                Optional.empty(),
                ownership.path("epoch").asLong(0),
                "",
                "",
                new Judgement("", "", "", List.of()),
                Optional.empty(),
                saved.path("proof").isObject() ? proof(saved.path("proof")) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                "");
    }

    private static String servingSide(String state) {
        return switch (state) {
            case "NORMAL", "EXERCISING" -> "PRIMARY";
            case "" -> "";
            default -> "STANDBY";
        };
    }

    private static Judgement judgement(JsonNode e) {
        return new Judgement(
                text(e, "primary"),
                text(e, "standby"),
                text(e, "sentence"),
                list(e.path("figures"), f -> new Figure(text(f, "name"), figure(f))));
    }

    private static String figure(JsonNode f) {
        if (f.path("value").isNumber()) {
            return trimmed(f.path("value").asDouble()) + " " + text(f, "unit");
        }
        return f.has("value") ? text(f, "value") : text(f, "primary") + " / " + text(f, "standby");
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(Math.round(value * 10) / 10.0);
    }

    private static Feed feed(JsonNode f) {
        return new Feed(
                text(f, "state"),
                instant(f.path("asOf")),
                f.path("lagMs").isNumber()
                        ? Optional.of(Duration.ofMillis(f.path("lagMs").asLong()))
                        : Optional.empty(),
                text(f, "sentence"),
                f.path("progress").isNumber() ? Optional.of(f.path("progress").asDouble()) : Optional.empty(),
                f.path("remainingSeconds").isNumber()
                        ? Optional.of(
                                Duration.ofSeconds(f.path("remainingSeconds").asLong()))
                        : Optional.empty());
    }

    private static Optional<ProofStatus> proof(JsonNode p) {
        return instant(p.path("at"))
                .map(at -> new ProofStatus(
                        at, instant(p.path("until")), p.path("fresh").asBoolean(false), text(p, "sentence")));
    }

    private static Journal journal(JsonNode j) {
        return new Journal(j.path("open").asLong(0), j.path("worklist").asLong(0));
    }

    private static PermitStatus permit(JsonNode p) {
        return new PermitStatus(
                text(p, "side"),
                p.path("stage").asString(text(p, "state")),
                text(p, "reason"),
                instant(p.path("since")));
    }

    private static Traffic traffic(JsonNode t) {
        return new Traffic(
                instant(t.path("at")).orElse(Instant.EPOCH),
                Duration.ofMinutes(Math.max(1, t.path("minutes").asLong(1))),
                counts(t.path("primary")),
                counts(t.path("standby")));
    }

    private static Counts counts(JsonNode c) {
        return new Counts(
                c.path("inBudget").asLong(0),
                c.path("late").asLong(0),
                c.path("failed").asLong(0),
                c.path("none").asLong(0));
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
