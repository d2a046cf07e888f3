package de.doppelboden.cli;

import de.doppelboden.cycle.Worklist;
import de.doppelboden.database.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What was done on the standby, straight from the database. */
@Command(
        name = "journal",
        description = "Lists what was done on the standby and how far it is back in the primary.",
        mixinStandardHelpOptions = true)
final class JournalCommand implements Callable<Integer> {

    @Mixin
    private Installation installation;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "SERVICE", description = "The service's id.")
    private String service;

    @Option(names = "--open", description = "Only what is not back yet.")
    private boolean open;

    @Override
    public Integer call() throws Failure, SQLException {
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
}
