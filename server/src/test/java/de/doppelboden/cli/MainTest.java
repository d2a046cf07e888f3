package de.doppelboden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void saysWhatItIsWhenAskedForHelp() {
        var out = new StringWriter();

        int exit = Main.commandLine().setOut(new PrintWriter(out)).execute("--help");

        assertThat(exit).isZero();
        assertThat(out.toString()).contains("Usage: doppelboden");
    }

    @Test
    void refusesAnUnknownOption() {
        int exit =
                Main.commandLine().setErr(new PrintWriter(new StringWriter())).execute("--no-such-option");

        assertThat(exit).isEqualTo(64);
    }
}
