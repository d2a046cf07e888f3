package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.ServiceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The product alone, in front of real primaries, until it is told to end. */
@Command(
        name = "serve",
        description = "Runs the product in front of your primaries until Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private Installation installation;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        Configuration configuration = installation.configuration();
        return Serving.untilTold(
                Serving.plan(configuration, installation.file(), List.of()),
                () -> addresses(configuration),
                spec.commandLine().getOut());
    }

    private static List<String> addresses(Configuration configuration) {
        List<String> lines = new ArrayList<>();
        lines.add("Console     " + configuration.console().url());
        lines.add("Management  http://" + configuration.management());
        for (ServiceSettings service : configuration.services()) {
            lines.add(service.name() + "  http://" + service.listen() + "  in front of " + service.primary());
        }
        return lines;
    }
}
