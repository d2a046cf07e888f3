package de.doppelboden.city;

import de.doppelboden.city.replay.ReplayCommand;
import de.doppelboden.cli.Main;
import picocli.CommandLine;

/** The entry on a machine that has the model city: the product's command line, with the city's commands added. */
public final class CityMain {

    private CityMain() {}

    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    public static CommandLine commandLine() {
        return Main.commandLine().addSubcommand(new ReplayCommand());
    }
}
