package de.doppelboden.bench;

import de.doppelboden.city.CityMain;
import de.doppelboden.cli.Main;
import picocli.CommandLine;

/** The entry for measurements: the city's command line, with {@code bench} added. */
public final class BenchMain {

    private BenchMain() {}

    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Main.finished(CityMain.commandLine().addSubcommand(BenchCommand.commandLine()));
    }
}
