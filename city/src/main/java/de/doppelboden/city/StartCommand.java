package de.doppelboden.city;

import de.doppelboden.city.ModelConfiguration.Ports;
import de.doppelboden.city.ModelConfiguration.Secrets;
import de.doppelboden.cli.Serving;
import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.configuration.DataSize;
import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import de.doppelboden.identity.Identity;
import de.doppelboden.supervisor.JavaCommand;
import de.doppelboden.supervisor.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code start}, and what happens without a command: the model city and the product in front of it. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description =
                "Starts the model city and the product in front of it, until Ctrl-C or SIGTERM; so does no command at all.")
final class StartCommand implements Callable<Integer> {

    private static final DataSize PRIMARY_HEAP = DataSize.parse("128MB");
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Map<String, String> ROLES = Map.of(
            "leitstand",
            "operator",
            "schalter",
            "clerk",
            "standesamt",
            "registrar",
            "presse",
            "press",
            "revision",
            "auditor");

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", description = "The folder for everything (default: data beside the program).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--residents",
            defaultValue = "30000",
            description = "How many the register is filled with at the first start (default: ${DEFAULT-VALUE}).")
    private int residents;

    private Ports ports = Ports.MODEL_CITY;

    @Option(
            names = "--first-port",
            description =
                    "Listens on this port and the seven after it, so that a second model city can run beside one.")
    private void firstPort(int first) {
        try {
            ports = Ports.from(first);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    @Override
    public Integer call() throws Exception {
        Path home = Path.of(Objects.requireNonNullElse(System.getProperty("doppelboden.home"), "."));
        Path folder = data.orElse(home.resolve("data")).toAbsolutePath().normalize();
        Path city = folder.resolve("city");
        DataFolder.prepare(folder);
        DataFolder.prepare(city);
        Secrets secrets = Secrets.of(city.resolve("keys"), new SecureRandom());
        Path file = folder.resolve("doppelboden.yaml");
        ModelConfiguration.write(
                file, ports, secrets, RegisterCommand.SEED, "stadt", ModelConfiguration.Times.MODEL_CITY);
        Configuration configuration = valid(file);
        spec.commandLine()
                .getOut()
                .println("Starting the model city; the first time it makes " + residents + " residents ...");
        spec.commandLine().getOut().flush();
        return Serving.until(
                configuration,
                file,
                List.of(primary(city)),
                () -> lines(configuration),
                spec.commandLine().getOut());
    }

    private static Configuration valid(Path file) {
        return switch (Configuration.load(file, System.getenv())) {
            case Configuration.Valid valid -> valid.configuration();
            case Configuration.Invalid invalid ->
                throw new IllegalStateException("the model city's own configuration is wrong: " + invalid.problems());
        };
    }

    private Program primary(Path city) {
        return new Program(
                "city",
                JavaCommand.rehearsed(
                        "city",
                        JavaCommand.of(
                                CityMain.class,
                                PRIMARY_HEAP,
                                List.of(RegisterCommand.arguments(city, ports, residents)))),
                JavaCommand.ENVIRONMENT,
                Optional.of(URI.create("http://127.0.0.1:" + ports.primary() + "/health")));
    }

    private List<String> lines(Configuration configuration) throws IOException, SQLException {
        var lines = new ArrayList<String>();
        String fault = ports.equals(Ports.MODEL_CITY) ? "" : " --url http://127.0.0.1:" + ports.faults();
        String clerks = "http://127.0.0.1:" + ports.clerks();
        lines.add("");
        lines.add("Situation page            " + configuration.console().url());
        lines.add("Counter (clerks' address) " + clerks);
        lines.add("The register itself       http://127.0.0.1:" + ports.primary());
        lines.add("Its storage, to break     http://127.0.0.1:" + ports.faults());
        lines.add("");
        lines.add(
                "Log-ins at the counter: s001 / Schalter-001 (head of a centre, sees blocked persons) to s170 / Schalter-170");
        lines.add("Log-ins at the situation page:");
        try (Database database = Database.open(Access.of(configuration), "start", 2, ANSWER)) {
            Identity.open(database.dataSource(), configuration.keys(), InstantSource.system())
                    .seedDemonstration()
                    .forEach((login, password) ->
                            lines.add("  %-10s %-12s (%s)".formatted(login, password, ROLES.getOrDefault(login, ""))));
        }
        lines.add("");
        lines.add("Three things to try:");
        lines.add(
                "1. Log in at the counter, find Müller, open a form - then break the storage: ./doppelboden city fault limp"
                        + fault);
        lines.add("   Go on working; repair it with ./doppelboden city fault cold" + fault
                + " and watch the situation page.");
        lines.add("2. ./doppelboden status register    says who serves, and why");
        lines.add(
                "3. ./doppelboden replay counters-2019-09-24 --report replay.html    the day of 24 September 2019, in a minute");
        return lines;
    }
}
