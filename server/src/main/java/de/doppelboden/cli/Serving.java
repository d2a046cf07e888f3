package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DatabaseSettings;
import de.doppelboden.configuration.ProcessSettings;
import de.doppelboden.database.EmbeddedSettings;
import de.doppelboden.supervisor.JavaCommand;
import de.doppelboden.supervisor.Program;
import de.doppelboden.supervisor.Supervisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs the product for a configuration, and whatever somebody adds to it, until the JVM is told to end. */
public final class Serving {

    private static final Duration READY = Duration.ofSeconds(60);

    private Serving() {}

    /**
     * What runs for a configuration.
     *
     * @param file it was read from, for the children
     * @param more programs beside the product's own
     */
    public static Supervisor.Plan plan(Configuration configuration, Path file, List<Program> more) {
        ProcessSettings settings = configuration.processes();
        String path = file.toAbsolutePath().toString();
        Program control = new Program(
                "control",
                JavaCommand.of(Main.class, settings.controlHeap(), List.of("control", "--config", path)),
                JavaCommand.ENVIRONMENT,
                Optional.of(URI.create("http://" + configuration.console().listen() + "/livez")));
        Program gateway = new Program(
                "gateway",
                JavaCommand.of(Main.class, settings.gatewayHeap(), List.of("gateway", "--config", path)),
                JavaCommand.ENVIRONMENT,
                Optional.of(URI.create("http://" + configuration.management() + "/readyz")));
        Optional<EmbeddedSettings> database = switch (configuration.database()) {
            case DatabaseSettings.Embedded embedded -> Optional.of(EmbeddedSettings.of(configuration, embedded));
            case DatabaseSettings.External _ -> Optional.empty();
        };
        List<Program> early = new ArrayList<>(List.of(gateway));
        early.addAll(more);
        return new Supervisor.Plan(configuration.data(), settings, database, early, List.of(control));
    }

    /**
     * Keeps a plan running until Ctrl-C or SIGTERM.
     *
     * @param lines printed when all is ready: addresses, and what to try
     * @return an exit code
     */
    public static int untilTold(Supervisor.Plan plan, Supplier<List<String>> lines, PrintWriter out)
            throws IOException, InterruptedException {
        Supervisor supervisor;
        try {
            supervisor = Supervisor.start(plan, new SecureRandom(), System::nanoTime);
        } catch (Supervisor.AlreadyRunning e) {
            out.println("Doppelboden is " + e.getMessage() + ".");
            return Exit.REFUSED;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::close, "end"));
        List<String> missing = supervisor.awaitReady(READY);
        if (missing.isEmpty()) {
            lines.get().forEach(out::println);
        } else {
            out.println("Not ready after " + READY.toSeconds() + " s: " + String.join(", ", missing)
                    + ". It goes on trying; the logs are in " + plan.data().resolve("log") + ".");
        }
        out.flush();
        supervisor.awaitClose();
        return Exit.OK;
    }
}
