package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DatabaseSettings;
import de.doppelboden.configuration.ProcessSettings;
import de.doppelboden.configuration.ServiceSettings;
import de.doppelboden.database.Access;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The product alone, in front of real primaries, until it is told to end. */
@Command(
        name = "serve",
        description = "Runs the product in front of your primaries until Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private static final Duration READY = Duration.ofSeconds(60);

    @Mixin
    private Installation installation;

    @Mixin
    private Printing printing;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        Path file = installation.file();
        Configuration configuration = installation.configuration();
        return run(plan(configuration, file, List.of()), () -> addresses(configuration), printing.out());
    }

    /** What runs for a configuration, and whatever others add. */
    static Supervisor.Plan plan(Configuration configuration, Path file, List<Program> more) throws IOException {
        ProcessSettings settings = configuration.processes();
        List<String> withConfig = List.of(file.toAbsolutePath().toString());
        Program control = new Program(
                "control",
                JavaCommand.rehearsed(
                        "control", JavaCommand.of(ControlCommand.class, settings.controlHeap(), withConfig)),
                JavaCommand.ENVIRONMENT,
                Optional.of(URI.create("http://" + configuration.console().listen() + "/livez")));
        Program gateway = new Program(
                "gateway",
                JavaCommand.rehearsed(
                        "gateway", JavaCommand.ofDataPath(GatewayCommand.class, settings.gatewayHeap(), withConfig)),
                JavaCommand.ENVIRONMENT,
                Optional.of(URI.create("http://" + configuration.management() + "/readyz")));
        Supervisor.Source database = switch (configuration.database()) {
            case DatabaseSettings.Embedded embedded ->
                new Supervisor.Source.Embedded(EmbeddedSettings.of(configuration, embedded));
            case DatabaseSettings.External _ -> new Supervisor.Source.Others(Access.of(configuration));
        };
        List<Program> programs = new ArrayList<>(List.of(gateway));
        programs.addAll(more);
        programs.add(control);
        return new Supervisor.Plan(configuration.data(), settings, Optional.of(database), programs);
    }

    /** Keeps a plan running until the JVM is told to end; prints the lines when all is ready. */
    static int run(Supervisor.Plan plan, Callable<List<String>> lines, PrintWriter out)
            throws Failure, IOException, InterruptedException {
        Supervisor supervisor;
        try {
            supervisor = Supervisor.start(plan, new SecureRandom(), System::nanoTime);
        } catch (Supervisor.AlreadyRunning e) {
            throw new Failure(Exit.REFUSED, "Doppelboden is " + e.getMessage() + ".");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(supervisor, out), "end"));
        List<String> missing = supervisor.awaitReady(READY);
        if (missing.isEmpty()) {
            print(lines, out);
        } else {
            out.println("Not ready after " + READY.toSeconds() + " s: " + String.join(", ", missing)
                    + ". It goes on trying; the logs are in " + plan.data().resolve("log") + ".");
        }
        out.flush();
        supervisor.awaitClose();
        return Exit.OK;
    }

    private static void end(Supervisor supervisor, PrintWriter out) {
        out.println("Stopping; the gateway takes no users any more ...");
        out.flush();
        supervisor.close();
        out.println("Stopped; the next start goes on where this one was.");
        out.flush();
    }

    private static void print(Callable<List<String>> lines, PrintWriter out) {
        try {
            lines.call().forEach(out::println);
        } catch (Exception e) {
            throw new IllegalStateException("the addresses cannot be printed", e);
        }
    }

    private static List<String> addresses(Configuration configuration) {
        List<String> lines = new ArrayList<>();
        lines.add("Console     " + configuration.console().url());
        lines.add("Management  http://" + configuration.management());
        for (ServiceSettings service : configuration.services()) {
            String scheme = service.tls().isPresent() ? "https://" : "http://";
            lines.add(service.id() + "  " + scheme + service.listen() + "  in front of " + service.primary());
        }
        return lines;
    }
}
