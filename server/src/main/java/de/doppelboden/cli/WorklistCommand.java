package de.doppelboden.cli;

import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.cycle.Worklist;
import de.doppelboden.database.Database;
import de.doppelboden.evidence.Note;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What a person must decide, straight from the database. */
@Command(
        name = "worklist",
        description = "Lists and decides what could not go back to the primary by itself.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|show|decide")
final class WorklistCommand implements Runnable {

    /** What becomes of an entry. */
    enum Verdict {
        APPLY,
        DROP
    }

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say list, show or decide.");
    }

    @Command(name = "list", description = "Lists what waits, the oldest first.", mixinStandardHelpOptions = true)
    int list(
            @Mixin Target target,
            @Mixin Printing printing,
            @Parameters(paramLabel = "SERVICE", description = "The service's id.") String service)
            throws Failure, SQLException {
        if (target.remote()) {
            List<String> fields = List.of("number", "seen", "operation", "key", "office", "at", "why");
            return target.show(printing, "/worklist", all -> of(service, all), fields);
        }
        Installation installation = target.installation();
        installation.service(service);
        try (Database database = installation.database()) {
            List<Worklist.Item> items = new Worklist(database, service).waiting();
            if (printing.json()) {
                printing.object(Map.of("service", service, "entries", items));
            } else if (items.isEmpty()) {
                printing.line("Nothing waits for a decision.");
            } else {
                printing.table(Items.rows(items));
            }
        }
        return Exit.OK;
    }

    private static JsonNode of(String service, JsonNode all) {
        ArrayNode its = Printing.JSON.createArrayNode();
        for (JsonNode item : all) {
            if (item.path("service").asString("").equals(service)) {
                its.add(item);
            }
        }
        return its;
    }

    @Command(
            name = "show",
            description = "Shows an entry with both versions and its steps.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin Installation installation,
            @Mixin Printing printing,
            @Parameters(index = "0", paramLabel = "SERVICE", description = "The service's id.") String service,
            @Parameters(index = "1", paramLabel = "NUMBER", description = "The entry's number.") long number)
            throws Failure, SQLException {
        installation.service(service);
        try (Database database = installation.database()) {
            Worklist worklist = new Worklist(database, service);
            Worklist.Item item = item(worklist, number);
            List<Worklist.Step> steps = worklist.steps(number);
            if (printing.json()) {
                printing.object(Map.of("service", service, "entry", item, "steps", steps));
                return Exit.OK;
            }
            printing.table(Items.rows(List.of(item)));
            printing.line("");
            printing.line("Done on the standby:");
            printing.line("  " + item.entry().payload());
            printing.line("");
            steps.forEach(step ->
                    printing.line(step.at() + "  " + step.state() + (step.why().isBlank() ? "" : ": " + step.why())));
        }
        return Exit.OK;
    }

    @Command(
            name = "decide",
            description = "Decides: apply to the primary's present record, or drop.",
            mixinStandardHelpOptions = true)
    int decide(
            @Mixin Installation installation,
            @Mixin Printing printing,
            @Parameters(index = "0", paramLabel = "SERVICE", description = "The service's id.") String service,
            @Parameters(index = "1", paramLabel = "NUMBER", description = "The entry's number.") long number,
            @Parameters(index = "2", paramLabel = "VERDICT", description = "${COMPLETION-CANDIDATES}") Verdict verdict,
            @Option(names = "--reason", required = true, description = "Why; it stands in the evidence log.")
                    String reason)
            throws Failure, SQLException, IOException {
        installation.service(service);
        try (Database database = installation.database()) {
            Worklist worklist = new Worklist(database, service);
            EntryState state = item(worklist, number).entry().state();
            if (!state.onWorklist()) {
                throw new Failure(Exit.REFUSED, "Entry " + number + " waits for no decision: it is " + state + ".");
            }
            UUID actor = ByHand.actor(database);
            if (!worklist.decide(number, state, verdict == Verdict.APPLY, reason, actor.toString())) {
                throw new Failure(Exit.REFUSED, "Entry " + number + " has changed meanwhile; look at it again.");
            }
            String sentence = "Entry %d (%s) was decided: %s. %s".formatted(number, state, verdict, reason);
            ByHand.record(
                    installation.configuration(), database, new Note(service, "act.decision", sentence).by(actor));
            if (printing.json()) {
                printing.object(Map.of("service", service, "number", number, "verdict", verdict, "was", state));
            } else {
                printing.line(sentence);
            }
        }
        return Exit.OK;
    }

    private static Worklist.Item item(Worklist worklist, long number) throws SQLException, Failure {
        Optional<Worklist.Item> item = worklist.item(number);
        return item.orElseThrow(() -> new Failure(Exit.USAGE, "There is no entry " + number + "."));
    }
}
