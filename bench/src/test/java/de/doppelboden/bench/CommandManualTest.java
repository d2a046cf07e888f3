package de.doppelboden.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/commands.md ends with what each command says of itself. It is here because all commands meet here. */
class CommandManualTest {

    private static final Path MANUAL = Path.of("../docs/commands.md");
    private static final String MARK = "<!-- From here on written from the program (CommandManualTest). -->\n";

    @Test
    void theManualSaysWhatTheCommandsSayOfThemselves() throws IOException {
        var manual = new StringBuilder(Files.readString(MANUAL).split(Pattern.quote(MARK))[0]).append(MARK);
        commands(BenchMain.commandLine().setUsageHelpWidth(110))
                .forEach(command -> manual.append("\n```\n")
                        .append(command.getUsageMessage(Ansi.OFF).strip())
                        .append("\n```\n"));

        Path written = Files.writeString(Path.of("target/commands.md"), manual);

        assertThat(Files.mismatch(MANUAL, written))
                .as("first difference of the manual; to set it right: cp bench/%s docs/", written)
                .isEqualTo(-1);
    }

    /** The command, then its sub-commands in the order of the help, all the way down. */
    private static Stream<CommandLine> commands(CommandLine command) {
        Stream<CommandLine> below = command.getSubcommands().values().stream()
                .filter(child -> !child.getCommandSpec().usageMessage().hidden())
                .distinct()
                .flatMap(CommandManualTest::commands);
        return Stream.concat(Stream.of(command), below);
    }
}
