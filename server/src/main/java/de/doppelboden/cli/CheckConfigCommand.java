package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.KeyReference;
import de.doppelboden.configuration.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

    private static final Duration SOON = Duration.ofDays(30);

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file to check.")
    private @Nullable Path file;

    @Option(
            names = "--keys",
            description =
                    "Print all keys there are, with the kind of service that has it, unit, bounds and default, instead.")
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
            case Configuration.Valid valid -> certificates(checked, valid.configuration());
            case Configuration.Invalid invalid -> {
                print(invalid.problems());
                yield Exit.CONFIGURATION;
            }
        };
    }

    /** Their keys fit, or the file would not be right; what is left is their time. */
    private int certificates(Path checked, Configuration configuration) throws Failure {
        List<String> expired = new ArrayList<>();
        List<String> soon = new ArrayList<>();
        for (TlsSettings tls : configuration.tls()) {
            Instant end = end(tls);
            String sentence = tls.certificate() + " is valid until " + end;
            if (end.isBefore(Instant.now())) {
                expired.add(sentence + ": it has expired");
            } else if (end.isBefore(Instant.now().plus(SOON))) {
                soon.add(sentence + ": renew it");
            }
        }
        boolean right = expired.isEmpty();
        List<String> all = Stream.concat(expired.stream(), soon.stream()).toList();
        if (printing.json()) {
            printing.object(Map.of("right", right, "problems", expired, "warnings", soon));
        } else {
            all.forEach(printing::line);
            printing.line(right ? checked + " is right." : checked + " is right but for that.");
        }
        return right ? Exit.OK : Exit.CONFIGURATION;
    }

    private static Instant end(TlsSettings tls) throws Failure {
        try {
            return tls.load().chain().stream()
                    .map(certificate -> certificate.getNotAfter().toInstant())
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (IOException changed) {
            throw new Failure(Exit.CONFIGURATION, String.valueOf(changed.getMessage()));
        }
    }

    private void print(List<?> problems) {
        if (printing.json()) {
            printing.object(Map.of("right", false, "problems", problems));
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
            rows.add(List.of(key.path(), key.kind(), bounds, key.fallback(), key.description()));
        }
        printing.table(rows);
    }
}
