package de.doppelboden.city;

import de.doppelboden.cli.Main;
import java.util.List;
import picocli.CommandLine;

/** The entry on a machine that has the model city: the product's command line, with the city's commands added. */
public final class CityMain {

    private CityMain() {}

    private static final List<Class<?>> COMMANDS = List.of(StartCommand.class, CityCommand.class, ReplayCommand.class);

    /** Without a command the model city is started. */
    public static void main(String... args) {
        String[] asked = args.length == 0 ? new String[] {"start"} : args;
        System.exit(Main.commandLine(COMMANDS, asked).execute(asked));
    }

    /** All commands. */
    public static CommandLine commandLine() {
        return Main.commandLine(COMMANDS);
    }
}
