package de.doppelboden.bench;

import de.doppelboden.city.Scratch;
import de.doppelboden.city.peer.PeerMissing;
import de.doppelboden.city.people.Pace;
import de.doppelboden.cli.Exit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            new GatewayBench(),
            new FailoverBench(),
            new RulesBench());

    private static final long LONGEST_END_SECONDS = 40;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "What is measured; see below.", completionCandidates = Names.class)
    private String name = "";

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Option(names = "--seed", defaultValue = "1", description = "Draws loads and faults (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private Options options = new Options();

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
        PrintWriter err = spec.commandLine().getErr();
        try (Scratch scratch = Scratch.begin("bench", keep, err)) {
            var ground = new Ground(
                    scratch.folder(), seed, options, new Pace(System::nanoTime), new SecureRandom(), line -> {
                        err.println(line);
                        err.flush();
                    });
            return print(
                    new Measured(bench.name(), Surroundings.commit(home()), Surroundings.machine(), bench.run(ground)));
        } catch (PeerMissing missing) {
            err.println(missing.getMessage());
            return Exit.UNAVAILABLE;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
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
}
