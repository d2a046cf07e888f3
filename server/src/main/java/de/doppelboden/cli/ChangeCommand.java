package de.doppelboden.cli;

import de.doppelboden.continuity.Side;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The change gate: a change is permitted on one side only, while the other has a fresh proof. */
@Command(
        name = "change",
        description = "Permits a change on one side of a service, verifies it, closes it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "open|verify|close")
final class ChangeCommand implements Runnable {

    @picocli.CommandLine.Spec
    private picocli.CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new picocli.CommandLine.ParameterException(spec.commandLine(), "Say open, verify or close.");
    }

    @Command(
            name = "open",
            description = "Asks for a permit; refused while the other side has no fresh proof.",
            mixinStandardHelpOptions = true)
    int open(
            @Mixin Target target,
            @Mixin Printing printing,
            @Parameters(paramLabel = "SERVICE", description = "The service's id.") String service,
            @Option(names = "--side", required = true, description = "What is changed: ${COMPLETION-CANDIDATES}.")
                    Side side,
            @Option(names = "--what", defaultValue = "", description = "What is changed, in a few words.") String what,
            @Option(names = "--reason", required = true, description = "Why; it stands in the evidence log.")
                    String reason)
            throws Failure {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("side", side.name());
        fields.put("what", what.isBlank() ? reason : what);
        fields.put("reason", reason);
        return OrderCommand.give(target, printing, service, "change/open", fields);
    }

    @Command(
            name = "verify",
            description = "Says that the change is done; the probes look at the changed side.",
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin Target target,
            @Mixin Printing printing,
            @Parameters(paramLabel = "SERVICE", description = "The service's id.") String service,
            @Option(names = "--reason", required = true, description = "Why; it stands in the evidence log.")
                    String reason)
            throws Failure {
        return OrderCommand.give(target, printing, service, "change/verify", Map.of("reason", reason));
    }

    @Command(
            name = "close",
            description = "Ends a permit whose check failed: the change is taken as it is, or was undone.",
            mixinStandardHelpOptions = true)
    int close(
            @Mixin Target target,
            @Mixin Printing printing,
            @Parameters(paramLabel = "SERVICE", description = "The service's id.") String service,
            @Option(names = "--reason", required = true, description = "Why; it stands in the evidence log.")
                    String reason)
            throws Failure {
        return OrderCommand.give(target, printing, service, "change/close", Map.of("reason", reason));
    }
}
