package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.supervisor.Program;
import de.doppelboden.supervisor.Supervisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs the product, for others that run something beside it. */
public final class Serving {

    /** How many connections to the database the control process has; what a measurement of its work has to use as well. */
    public static final int CONTROL_CONNECTIONS = 8;

    private Serving() {}

    /** Begins to run the product alone; the caller closes it. */
    public static Supervisor start(Configuration configuration, Path file)
            throws IOException, InterruptedException, Supervisor.AlreadyRunning {
        return Supervisor.start(
                ServeCommand.plan(configuration, file, List.of()), new SecureRandom(), System::nanoTime);
    }

    /**
     * Keeps the product and the programs beside it running until the JVM is told to end.
     *
     * @param lines printed when all is ready
     * @return an exit code of {@link Exit}
     */
    public static int until(
            Configuration configuration, Path file, List<Program> more, Callable<List<String>> lines, PrintWriter out)
            throws IOException, InterruptedException {
        try {
            return ServeCommand.run(ServeCommand.plan(configuration, file, more), lines, out);
        } catch (Failure failure) {
            out.println(failure.getMessage());
            return failure.exit();
        }
    }
}
