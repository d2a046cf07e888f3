package de.doppelboden.bench;

import java.util.List;
import picocli.CommandLine.Option;

/** What single measurements can be told beside the seed. */
final class Options {

    @Option(
            names = "--kills",
            defaultValue = "200",
            description = "How many kills the measurement of that name makes (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "NAME",
            description = "Which faults the measurement failover plays; else all of them.")
    private List<String> scenarios = List.of();

    @Option(
            names = "--rate",
            defaultValue = "200",
            description = "Requests a second of the measurement failover (default: ${DEFAULT-VALUE}).")
    private double rate;

    int kills() {
        return kills;
    }

    List<String> scenarios() {
        return scenarios;
    }

    double rate() {
        return rate;
    }
}
