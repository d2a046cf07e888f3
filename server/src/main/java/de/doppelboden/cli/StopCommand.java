package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.supervisor.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends what {@code serve} or the model city runs here, in order, as Ctrl-C does there. */
@Command(
        name = "stop",
        description = {
            "Ends what runs here with this configuration, as Ctrl-C does where it was started: users of the gateway are cut off,",
            "so bypass first. Exit code 1: nothing runs here, or it has not ended after 30 s."
        },
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

    private static final Duration MOST = Duration.ofSeconds(30);

    @Mixin
    private Installation installation;

    @Mixin
    private Printing printing;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        Configuration configuration = installation.configuration();
        Path data = configuration.data();
        Optional<ProcessHandle> running = Supervisor.of(data);
        if (running.isEmpty()) {
            throw new Failure(Exit.REFUSED, "Nothing runs on " + data + ".");
        }
        ProcessHandle process = running.get();
        process.destroy();
        if (!ended(process)) {
            throw new Failure(
                    Exit.REFUSED,
                    "Process " + process.pid() + " has not ended after " + MOST.toSeconds() + " s; it goes on trying.");
        }
        if (printing.json()) {
            printing.object(Map.of("stopped", true, "process", process.pid()));
        } else {
            printing.line("Stopped; it was process " + process.pid() + ".");
        }
        return Exit.OK;
    }

    private static boolean ended(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(MOST.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("the end of process " + process.pid() + " cannot be seen", impossible);
        }
    }
}
