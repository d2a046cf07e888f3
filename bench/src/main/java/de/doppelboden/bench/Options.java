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
            description = {
                "Which faults the measurement failover plays (several at once with a plus: err50+poison), or which of",
                "requests, latency, transfers, idle the measurement gateway takes; else all of them."
            })
    private List<String> scenarios = List.of();

    @Option(
            names = "--rate",
            defaultValue = "200",
            description = "Requests a second of the measurement failover (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--years",
            defaultValue = "10",
            description =
                    "How many years of service the measurement rules plays at each rate (default: ${DEFAULT-VALUE}).")
    private double years;

    @Option(
            names = "--runs",
            defaultValue = "1000",
            description = "How often the measurement rules lets a side fall ill (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "RATE",
            defaultValue = "0.5,5,20,200",
            description = "Requests a second at which the measurement rules plays (default: ${DEFAULT-VALUE}).")
    private List<Double> rates = List.of();

    double years() {
        return years;
    }

    int runs() {
        return runs;
    }

    List<Double> rates() {
        return rates;
    }

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
