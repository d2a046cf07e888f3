package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.KeyReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is wrong with a configuration. */
@Command(
        name = "check-config",
        description = "Says what is wrong with a configuration, with key and line.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file to check.")
    private @Nullable Path file;

    @Option(names = "--keys", description = "Print all keys there are, with unit, bounds and default, instead.")
    private boolean keys;

    @Override
    public Integer call() throws Failure {
        if (keys) {
            printKeys();
            return Exit.OK;
        }
        Path checked = file;
        if (checked == null) {
            throw new Failure(Exit.USAGE, "Name the file to check: ./doppelboden check-config FILE");
        }
        return switch (Configuration.load(checked, System.getenv())) {
            case Configuration.Valid _ -> {
                print(true, List.of(), checked + " is right.");
                yield Exit.OK;
            }
            case Configuration.Invalid invalid -> {
                print(false, invalid.problems(), "");
                yield Exit.CONFIGURATION;
            }
        };
    }

    private void print(boolean right, List<?> problems, String line) {
        if (printing.json()) {
            printing.object(Map.of("right", right, "problems", problems));
        } else if (right) {
            printing.line(line);
        } else {
            problems.forEach(problem -> printing.line(problem.toString()));
        }
    }

    private void printKeys() {
        if (printing.json()) {
            printing.object(Map.of("keys", Configuration.reference()));
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (KeyReference key : Configuration.reference()) {
            String bounds = key.bounds().isEmpty() ? key.unit() : key.unit() + ", " + key.bounds();
            rows.add(List.of(key.path(), bounds, key.fallback(), key.description()));
        }
        printing.table(rows);
    }
}
