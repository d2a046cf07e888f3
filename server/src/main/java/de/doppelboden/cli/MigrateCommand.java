package de.doppelboden.cli;

import de.doppelboden.database.Database;
import de.doppelboden.database.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings the database to this program's version; {@code serve} does it by itself. */
@Command(
        name = "migrate",
        hidden = true,
        description = "Brings the database to this program's version.",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {

    @Mixin
    private Installation installation;

    @Override
    public Integer call() throws Failure {
        try (Database database = installation.database()) {
            Migrations.migrate(database.dataSource(), Migrations.SCHEMAS);
        }
        return Exit.OK;
    }
}
