package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.console.ControlProcess;
import de.doppelboden.console.ControlSettings;
import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The control process. */
@Command(name = "control", hidden = true, description = "The control process.", mixinStandardHelpOptions = true)
final class ControlCommand implements Callable<Integer> {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    @Mixin
    private Installation installation;

    /** As the supervisor starts it, with its configuration alone. */
    public static void main(String... file) throws IOException, InterruptedException {
        try {
            run(Installation.read(Path.of(file[0])));
        } catch (Failure failure) {
            failure.end();
        }
    }

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        run(installation.configuration());
        return Exit.OK;
    }

    private static void run(Configuration configuration) throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (Database database =
                        Database.open(Access.of(configuration), "control", Serving.CONTROL_CONNECTIONS, ANSWER);
                ControlProcess process = ControlProcess.start(ControlSettings.of(configuration, database));
                Feeds feeds = Feeds.start(configuration, database)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                feeds.close();
                process.close();
                end.countDown();
            }));
            end.await();
        }
    }
}
