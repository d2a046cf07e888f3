package de.doppelboden.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An order to a service: done, or refused with a sentence that says why it would not be safe. */
@Command(mixinStandardHelpOptions = true)
final class OrderCommand implements Callable<Integer> {

    private final String name;

    @Mixin
    private Target target;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "SERVICE", description = "The service's id.")
    private String service;

    @Option(names = "--reason", required = true, description = "Why; it stands in the evidence log.")
    private String reason;

    private OrderCommand(String name) {
        this.name = name;
    }

    static List<OrderCommand> all() {
        return List.of(
                new OrderCommand("failover"),
                new OrderCommand("failback"),
                new OrderCommand("lift-return-bound"),
                new OrderCommand("prove"),
                new OrderCommand("end-exercise"),
                new OrderCommand("pause"),
                new OrderCommand("resume"));
    }

    String name() {
        return name;
    }

    @Spec
    void describe(CommandSpec spec) {
        spec.usageMessage().description(description());
    }

    private String description() {
        return switch (name) {
            case "failover" -> "Moves a service's users to the standby.";
            case "failback" -> "Begins to take a service's users back to the primary, which must prove itself.";
            case "prove" -> "Begins an exercise: a slice of the users is served by the standby for a while.";
            case "lift-return-bound" ->
                "Forgets earlier returns that did not last: the next one need not prove more than the first.";
            case "end-exercise" -> "Ends an exercise now; its users go back to the primary, and nothing is proven.";
            case "pause" -> "Holds everything of a service as it is until it is resumed.";
            case "resume" -> "Lets a service act again.";
            default -> throw new IllegalStateException("no such order: " + name);
        };
    }

    @Override
    public Integer call() throws Failure {
        return give(target, printing, service, order(), Map.of("reason", reason));
    }

    /** As the interfaces call it. */
    private String order() {
        return switch (name) {
            case "lift-return-bound" -> "lift";
            case "end-exercise" -> "prove/end";
            default -> name;
        };
    }

    /** Gives an order and prints what became of it. */
    static int give(Target target, Printing printing, String service, String order, Map<String, String> fields)
            throws Failure {
        if (!target.remote()) {
            target.installation().service(service);
        }
        Map<String, String> body = new LinkedHashMap<>(fields);
        body.put("by", "cli:" + System.getProperty("user.name"));
        Target.Answer answer = target.post("/services/" + service + "/" + order, body);
        String action = answer.body().path("action").asString("");
        boolean refused = !answer.done() || action.equals("REFUSE");
        if (printing.json()) {
            printing.object(answer.body());
        } else if (answer.done()) {
            printing.line((refused ? "Refused: " : action + ": ")
                    + answer.body().path("reason").asString(""));
        } else {
            printing.line("Refused: " + answer.detail());
        }
        return refused ? Exit.REFUSED : Exit.OK;
    }
}
