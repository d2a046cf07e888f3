package de.doppelboden.cli;

import de.doppelboden.cycle.Worklist;
import de.doppelboden.database.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What was done on the standby, straight from the database. */
@Command(
        name = "journal",
        description = "Lists what was done on the standby and how far it is back in the primary.",
        mixinStandardHelpOptions = true)
final class JournalCommand implements Callable<Integer> {

    /** States in which an entry needs nothing more. */
    private static final Set<String> BACK = Set.of("APPLIED", "ALREADY_APPLIED", "DROPPED");

    @Mixin
    private Target target;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "SERVICE", description = "The service's id.")
    private String service;

    @Option(names = "--open", description = "Only what is not back yet.")
    private boolean open;

    @Override
    public Integer call() throws Failure, SQLException {
        if (target.remote()) {
            List<String> fields = List.of("number", "state", "operation", "office", "at");
            return target.show(printing, "/journal/" + service, this::chosen, fields);
        }
        Installation installation = target.installation();
        installation.service(service);
        try (Database database = installation.database()) {
            Worklist worklist = new Worklist(database, service);
            List<Worklist.Item> items = open ? worklist.open() : worklist.latest();
            if (printing.json()) {
                printing.object(Map.of("service", service, "entries", items));
            } else if (items.isEmpty()) {
                printing.line("The journal of " + service + " has no such entry.");
            } else {
                printing.table(Items.rows(items));
            }
        }
        return Exit.OK;
    }

    private JsonNode chosen(JsonNode all) {
        if (!open) {
            return all;
        }
        ArrayNode chosen = Printing.JSON.createArrayNode();
        for (JsonNode entry : all) {
            if (!BACK.contains(entry.path("state").asString(""))) {
                chosen.add(entry);
            }
        }
        return chosen;
    }
}
