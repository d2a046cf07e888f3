package de.doppelboden.city;

import de.doppelboden.city.replay.ReplayCommand;
import de.doppelboden.cli.Main;
import picocli.CommandLine;

/** The entry on a machine that has the model city: the product's command line, with the city's commands added. */
public final class CityMain {

    private CityMain() {}

    public static void main(String... args) {
        System.exit(commandLine().execute(args.length == 0 ? new String[] {"start"} : args));
    }

    /** Without a command the model city is started. */
    public static CommandLine commandLine() {
        return Main.finished(Main.commandLine()
                .addSubcommand(new StartCommand())
                .addSubcommand(new CityCommand())
                .addSubcommand(new ReplayCommand()));
    }
}
