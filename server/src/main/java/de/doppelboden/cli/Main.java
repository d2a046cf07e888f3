package de.doppelboden.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code doppelboden}: says what it can do; the work is in its sub-commands. */
@Command(
        name = "doppelboden",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The second floor under a city's IT.")
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, for others to extend with commands of their own. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
    }
}
