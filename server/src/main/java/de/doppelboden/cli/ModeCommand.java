package de.doppelboden.cli;

import de.doppelboden.configuration.ServiceSettings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes what a service may do by itself, until it is started with a configuration that names another mode than before. */
@Command(name = "mode", description = "Changes what a service may do by itself.", mixinStandardHelpOptions = true)
final class ModeCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Printing printing;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service's id.")
    private String service;

    @Parameters(index = "1", paramLabel = "MODE", description = "One of ${COMPLETION-CANDIDATES}.")
    private ServiceSettings.Mode mode;

    @Option(names = "--reason", required = true, description = "Why; it stands in the evidence log.")
    private String reason;

    @Override
    public Integer call() throws Failure {
        return OrderCommand.give(target, printing, service, "mode", Map.of("reason", reason, "mode", mode.name()));
    }
}
