package de.doppelboden.cli;

import de.doppelboden.console.Moments;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
        footer = "%nIn a source tree, ./doppelboden also has: test [NAMES], format, jdk.")
public final class Main implements Runnable {

    private static final List<Class<?>> COMMANDS = List.of(
            ServeCommand.class,
            StopCommand.class,
            CheckConfigCommand.class,
            StatusCommand.class,
            ModeCommand.class,
            DeclareGoneCommand.class,
            ChangeCommand.class,
            JournalCommand.class,
            WorklistCommand.class,
            EvidenceCommand.class,
            BypassCommand.class,
            FeedCommand.class,
            DiskCommand.class,
            ControlCommand.class,
            GatewayCommand.class,
            MigrateCommand.class,
            RehearseCommand.class);

    @Spec
    private CommandSpec spec;

    public static void main(String... args) {
        System.exit(commandLine(List.of(), args).execute(args));
    }

    /** The whole command line, for others to extend with commands of their own. */
    public static CommandLine commandLine() {
        return commandLine(List.of());
    }

    /**
     * The command line for these arguments: with the one command that they name, because picocli takes half a second to read them
     * all; without arguments, or when they name none, with all.
     *
     * @param more commands of others
     */
    public static CommandLine commandLine(List<Class<?>> more, String... args) {
        Map<String, Object> commands = new LinkedHashMap<>();
        COMMANDS.forEach(command -> commands.put(name(command), command));
        OrderCommand.all().forEach(order -> commands.put(order.name(), order));
        more.forEach(command -> commands.put(name(command), command));
        if (args.length > 0 && commands.containsKey(args[0])) {
            commands.keySet().retainAll(List.of(args[0]));
        }
        CommandLine line = new CommandLine(new Main());
        commands.forEach(line::addSubcommand);
        return finished(line);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
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
        commands.registerConverter(Instant.class, Moments::instant);
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
        if (exception instanceof InterruptedException) {
            err.println("Ended before it was done.");
            return Exit.FAULT;
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
