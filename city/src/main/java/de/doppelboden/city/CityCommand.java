package de.doppelboden.city;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code city}: what belongs to the model city alone. */
@Command(
        name = "city",
        mixinStandardHelpOptions = true,
        description = "The model city: breaks and repairs its storage, runs its register.",
        subcommands = {FaultCommand.class, RegisterCommand.class, RehearseRegisterCommand.class})
final class CityCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
