package de.doppelboden.cli;

import de.doppelboden.gateway.GatewayProcess;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The gateway process, as the supervisor starts it. */
@Command(name = "gateway", hidden = true, description = "The gateway process.", mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {

    @Mixin
    private Installation installation;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (GatewayProcess process = GatewayProcess.start(installation.configuration())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                process.close();
                end.countDown();
            }));
            end.await();
        }
        return Exit.OK;
    }
}
