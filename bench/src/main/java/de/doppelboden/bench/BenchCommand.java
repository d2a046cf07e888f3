package de.doppelboden.bench;

import de.doppelboden.city.people.Pace;
import de.doppelboden.cli.Exit;
import de.doppelboden.configuration.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench NAME}: measures, prints, and says by its exit code whether what was promised is met. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures on this machine, beside a real peer where there is one, in a folder and on ports of its own.",
            "Without --json: a table with what was promised (must), what is aimed at (aim), and whether it is met.",
            "A must with a ratio (x) is about the ratio to the peer's figure. Exit code 1: a must is missed; 69: the"
                    + " peer is not installed."
        })
final class BenchCommand implements Callable<Integer> {

    /** In the order of the issue that promised them. */
    static final List<Bench> ALL = List.of(
            new CounterBench(),
            new JournalBench(),
            new CrashBench(),
            new EvidenceBench(),
            new MemoryBench(),
            new KillsBench(),
            new FirstLoadBench(),
            new StartBench(),
            new ProxyBench());

    private static final long LONGEST_END_SECONDS = 40;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "What is measured; see below.", completionCandidates = Names.class)
    private String name = "";

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Option(names = "--seed", defaultValue = "1", description = "Draws loads and faults (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--kills",
            defaultValue = "200",
            description = "How many kills the measurement of that name makes (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(names = "--keep", description = "Keep the folder with databases and logs, and say where it is.")
    private boolean keep;

    /** The measurements there are. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ALL.stream().map(Bench::name).iterator();
        }
    }

    /** With a list of what there is in its help. */
    static CommandLine commandLine() {
        var command = new CommandLine(new BenchCommand());
        command.getCommandSpec()
                .usageMessage()
                .footerHeading("%nWhat can be measured:%n")
                .footer(ALL.stream()
                        .map(bench -> "  %-10s%s".formatted(bench.name(), bench.about()))
                        .toArray(String[]::new));
        return command;
    }

    @Override
    public Integer call() throws Exception {
        Bench bench = ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no such measurement: " + name + "; there are: " + String.join(", ", new Names())));
        Path folder = Files.createTempDirectory("doppelboden-bench-");
        PrintWriter err = spec.commandLine().getErr();
        var ended = new CountDownLatch(1);
        endOnSignal(Thread.currentThread(), ended);
        try {
            DataFolder.prepare(folder);
            var ground = new Ground(folder, seed, kills, new Pace(System::nanoTime), new SecureRandom(), line -> {
                err.println(line);
                err.flush();
            });
            return print(
                    new Measured(bench.name(), Surroundings.commit(home()), Surroundings.machine(), bench.run(ground)));
        } catch (PeerMissing missing) {
            err.println(missing.getMessage());
            return Exit.UNAVAILABLE;
        } finally {
            if (keep) {
                err.println("Kept: " + folder);
            } else {
                delete(folder);
            }
            ended.countDown();
        }
    }

    /** Whoever is told to end while processes of ours run ends them first. */
    private static void endOnSignal(Thread main, CountDownLatch ended) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (ended.getCount() > 0) {
                main.interrupt();
            }
            try {
                ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private static Path home() {
        return Path.of(Objects.requireNonNullElse(System.getProperty("doppelboden.home"), "."));
    }

    private int print(Measured measured) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(measured.json());
        } else {
            measured.lines().forEach(out::println);
        }
        out.flush();
        return measured.exit();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
