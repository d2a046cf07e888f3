package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.gateway.GatewayProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The gateway process. */
@Command(name = "gateway", hidden = true, description = "The gateway process.", mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {

    @Mixin
    private Installation installation;

    /** As the supervisor starts it, with its configuration alone: to read a command line takes a third of its time. */
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
        try (GatewayProcess process = GatewayProcess.start(configuration)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                process.close();
                end.countDown();
            }));
            end.await();
        }
    }
}
