package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.ServiceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** How the services stand, and why. */
@Command(
        name = "status",
        description = "Shows how the services stand, and the sentence that says why.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "SERVICE", arity = "0..1", description = "Only this one.")
    private @Nullable String service;

    @Override
    public Integer call() throws Failure {
        JsonNode answer;
        try {
            answer = ask();
        } catch (Failure failure) {
            if (target.remote() || failure.exit() != Exit.UNAVAILABLE) {
                throw failure;
            }
            return lastStates(failure);
        }
        if (printing.json()) {
            printing.object(answer);
        } else {
            services(answer).forEach(this::print);
        }
        return Exit.OK;
    }

    private JsonNode ask() throws Failure {
        Target.Answer answer = target.get(service == null ? "/services" : "/services/" + service);
        if (answer.status() == 404) {
            throw new Failure(Exit.USAGE, "There is no service " + service + ".");
        }
        if (!answer.done()) {
            throw new Failure(Exit.UNAVAILABLE, answer.detail());
        }
        return answer.body();
    }

    private static List<JsonNode> services(JsonNode answer) {
        JsonNode all = answer.isArray() ? answer : answer.path("services");
        List<JsonNode> services = new ArrayList<>();
        if (all.isArray()) {
            all.forEach(services::add);
        } else {
            services.add(answer);
        }
        return services;
    }

    private void print(JsonNode s) {
        printing.line("%s  %s, %s serves, mode %s, since %s"
                .formatted(
                        text(s, "id"),
                        text(s, "state"),
                        text(s, "serving").toLowerCase(java.util.Locale.ROOT),
                        text(s, "mode").toLowerCase(java.util.Locale.ROOT),
                        text(s, "since")));
        List<List<String>> rows = new ArrayList<>();
        row(rows, "why", text(s, "reason"));
        row(rows, "sides", sides(s.path("verdicts")));
        row(rows, "evidence", text(s.path("evidence"), "sentence"));
        row(rows, "last decision", text(s.path("decision"), "reason"));
        row(rows, "feed", feed(s.path("feed")));
        row(rows, "proof", proof(s.path("proof")));
        if (!text(s, "kind").equals("webapp")) { // it has none
            row(rows, "journal", journal(s.path("journal")));
        }
        row(rows, "change", permit(s.path("permit")));
        row(rows, "certificate", certificate(text(s, "certificateExpires")));
        printing.table(rows);
    }

    private static void row(List<List<String>> rows, String name, String value) {
        if (!value.isBlank()) {
            rows.add(List.of("   ", name, value));
        }
    }

    private static String sides(JsonNode verdicts) {
        return verdicts.isObject()
                ? "primary %s, standby %s".formatted(text(verdicts, "primary"), text(verdicts, "standby"))
                : "";
    }

    private static String feed(JsonNode feed) {
        String current = text(feed, "current");
        return (text(feed, "phase").isEmpty() ? "" : text(feed, "phase") + ". ")
                + text(feed, "reason")
                + (current.isEmpty() ? "" : " (as of " + current + ", " + text(feed, "behindSeconds") + " s behind)");
    }

    private static String proof(JsonNode proof) {
        if (!proof.isObject()) {
            return "none: the standby counts as unproven";
        }
        String fresh = proof.path("fresh").asBoolean(false) ? "fresh until " : "does not count any more, ended ";
        return text(proof, "at") + ", " + fresh + text(proof, "expires") + ": " + text(proof, "sentence");
    }

    private static String journal(JsonNode journal) {
        return journal.isObject()
                ? "%s open, %s behind a decision, %s on the worklist"
                        .formatted(text(journal, "open"), text(journal, "held"), text(journal, "worklist"))
                : "cannot be read: the database is away";
    }

    private static String permit(JsonNode permit) {
        return permit.isObject()
                ? text(permit, "stage") + " on the " + text(permit, "side") + ": " + text(permit, "what")
                : "";
    }

    private static String certificate(String expires) {
        return expires.isEmpty() ? "" : "valid until " + expires;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /** The gateway is down: what it last wrote down is the best that is known. */
    private int lastStates(Failure failure) throws Failure {
        Configuration configuration = target.installation().configuration();
        Map<String, Object> found = new LinkedHashMap<>();
        for (ServiceSettings settings : configuration.services()) {
            if (service == null || service.equals(settings.id())) {
                lastState(configuration.data().resolve("state/" + settings.id() + ".json"))
                        .ifPresent(state -> found.put(settings.id(), state));
            }
        }
        if (printing.json()) {
            printing.object(
                    Map.of("gateway", "down", "why", String.valueOf(failure.getMessage()), "lastStates", found));
        } else {
            printing.line(String.valueOf(failure.getMessage()));
            found.forEach((id, state) -> printing.line("%s  last known: %s"
                    .formatted(id, state instanceof JsonNode json ? summary(json) : String.valueOf(state))));
            printing.line("Users reach the primary directly by the bypass: ./doppelboden bypass SERVICE");
        }
        return Exit.UNAVAILABLE;
    }

    private static String summary(JsonNode state) {
        return "%s since %s: %s".formatted(text(state, "state"), text(state, "since"), text(state, "reason"));
    }

    private static java.util.Optional<JsonNode> lastState(Path file) {
        try {
            return Files.exists(file)
                    ? java.util.Optional.of(Printing.JSON.readTree(Files.readString(file)))
                    : java.util.Optional.empty();
        } catch (IOException | JacksonException e) {
            return java.util.Optional.empty();
        }
    }
}
