package de.doppelboden.city.replay;

import de.doppelboden.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Commands of the product, as a person types them. */
final class Typed {

    private Typed() {}

    /**
     * What the command says.
     *
     * @throws IOException with what it says, if it ends with anything but 0
     */
    static String command(String... words) throws IOException {
        var said = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(words);
        if (exit != 0) {
            throw new IOException(String.join(" ", words) + " ended with " + exit + ": " + said);
        }
        return said.toString();
    }
}
