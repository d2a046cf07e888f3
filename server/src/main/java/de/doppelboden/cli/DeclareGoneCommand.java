package de.doppelboden.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that another gateway is down for good. */
@Command(
        name = "declare-gone",
        description = "Says that another gateway on the same database is down for good, so that nobody waits for it. "
                + "One that runs after all would let a record have two owners.",
        mixinStandardHelpOptions = true)
final class DeclareGoneCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Printing printing;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service's id.")
    private String service;

    @Parameters(
            index = "1",
            paramLabel = "GATEWAY",
            description = "Its name, as the reason for waiting gives it (gateway-...).")
    private String gateway;

    @Option(names = "--reason", required = true, description = "Why; it stands in the evidence log.")
    private String reason;

    @Override
    public Integer call() throws Failure {
        return OrderCommand.give(target, printing, service, "gone", Map.of("reason", reason, "gateway", gateway));
    }
}
