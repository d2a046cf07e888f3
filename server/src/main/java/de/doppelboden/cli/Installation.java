package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.ServiceSettings;
import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import de.doppelboden.database.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The installation on this machine that a command is about: its configuration, and what follows from it. */
final class Installation {

    private static final String VARIABLE = "DOPPELBODEN_CONFIG";
    private static final Duration ANSWER = Duration.ofSeconds(60);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; else DOPPELBODEN_CONFIG, ./doppelboden.yaml, ./data/doppelboden.yaml,"
                    + " /etc/doppelboden/doppelboden.yaml.")
    private @Nullable Path file;

    /** The file that is named or found. */
    Path file() throws Failure {
        Path named = file;
        if (named != null) {
            return named;
        }
        String variable = System.getenv(VARIABLE);
        if (variable != null) {
            return Path.of(variable);
        }
        return candidates().stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new Failure(
                        Exit.CONFIGURATION,
                        "There is no configuration here; name it with --config FILE. Looked at: "
                                + candidates().stream().map(Path::toString).collect(Collectors.joining(", "))));
    }

    private static List<Path> candidates() {
        Path home = Path.of(Objects.requireNonNullElse(System.getProperty("doppelboden.home"), "."));
        return List.of(
                Path.of("doppelboden.yaml"),
                Path.of("data/doppelboden.yaml"),
                home.resolve("data/doppelboden.yaml"),
                Path.of("/etc/doppelboden/doppelboden.yaml"));
    }

    Configuration configuration() throws Failure {
        return read(file());
    }

    /** What the file says, with what the environment sets in it. */
    static Configuration read(Path file) throws Failure {
        return switch (Configuration.load(file, System.getenv())) {
            case Configuration.Valid valid -> valid.configuration();
            case Configuration.Invalid invalid ->
                throw new Failure(
                        Exit.CONFIGURATION,
                        invalid.problems().stream().map(Object::toString).collect(Collectors.joining("\n")));
        };
    }

    ServiceSettings service(String id) throws Failure {
        Configuration configuration = configuration();
        Optional<ServiceSettings> service = configuration.service(id);
        return service.orElseThrow(() -> new Failure(
                Exit.USAGE,
                "There is no service " + id + "; there are: "
                        + configuration.services().stream()
                                .map(ServiceSettings::id)
                                .collect(Collectors.joining(", "))));
    }

    /** The database, which answers. */
    Database database() throws Failure {
        Configuration configuration = configuration();
        Access access;
        try {
            access = Access.of(configuration);
        } catch (IOException e) {
            throw new Failure(
                    Exit.UNAVAILABLE,
                    "The database's password cannot be read (" + e.getMessage()
                            + "); run this as the user that runs Doppelboden, after its first start.");
        }
        // Asked directly first: who is away refuses at once, and a machine under load is waited for.
        try (Connection connection = Database.connect(access, "cli", ANSWER)) {
            Durability.check(connection);
        } catch (SQLException e) {
            throw new Failure(
                    Exit.UNAVAILABLE,
                    "The database does not answer (" + access + "): " + e.getMessage()
                            + " ./doppelboden serve starts it, ./doppelboden status says what runs.");
        }
        return Database.open(access, "cli", 2, ANSWER, ANSWER);
    }
}
