package de.doppelboden.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code doppelboden}: says what it can do; the work is in its sub-commands. */
@Command(
        name = "doppelboden",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The second floor under a city's IT.",
        footer = "%nIn a source tree, ./doppelboden also has: test [NAMES], format, jdk.",
        subcommands = {
            ServeCommand.class,
            CheckConfigCommand.class,
            StatusCommand.class,
            ModeCommand.class,
            DeclareGoneCommand.class,
            ChangeCommand.class,
            JournalCommand.class,
            WorklistCommand.class,
            EvidenceCommand.class,
            BypassCommand.class,
            DiskCommand.class,
            ControlCommand.class,
            GatewayCommand.class,
            MigrateCommand.class,
            RehearseCommand.class
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String... args) {
        System.exit(commandLine(args).execute(args));
    }

    /** All commands, or for a process of the product its own alone: reading the others costs it a third of a second. */
    private static CommandLine commandLine(String... args) {
        return switch (args.length == 0 ? "" : args[0]) {
            case "gateway" -> alone(new GatewayCommand());
            case "control" -> alone(new ControlCommand());
            default -> commandLine();
        };
    }

    private static CommandLine alone(Object process) {
        CommandSpec root = CommandSpec.create().name("doppelboden");
        return finished(new CommandLine(root).addSubcommand(process));
    }

    /** The whole command line, for others to extend with commands of their own. */
    public static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Main());
        for (OrderCommand order : OrderCommand.all()) {
            commands.addSubcommand(order.name(), order);
        }
        return finished(commands);
    }

    /**
     * Gives a command line, with all that were added to it, our exit codes, their table in each help, and one-line
     * errors.
     */
    public static CommandLine finished(CommandLine commands) {
        Map<String, String> table = new LinkedHashMap<>();
        Arrays.stream(Exit.TABLE).map(row -> row.split(":", 2)).forEach(row -> table.put(row[0], row[1]));
        finish(commands, table);
        commands.setExecutionExceptionHandler(Main::failed);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        return commands;
    }

    private static void finish(CommandLine command, Map<String, String> table) {
        CommandSpec spec = command.getCommandSpec();
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(table);
        spec.exitCodeOnInvalidInput(Exit.USAGE).exitCodeOnExecutionException(Exit.FAULT);
        command.getSubcommands().values().forEach(sub -> finish(sub, table));
    }

    private static int failed(Exception exception, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (exception instanceof Failure failure) {
            err.println(failure.getMessage());
            return failure.exit();
        }
        err.println("A fault of ours: " + exception);
        if (System.getenv("DOPPELBODEN_TRACE") != null) {
            exception.printStackTrace(err);
        }
        return Exit.FAULT;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
