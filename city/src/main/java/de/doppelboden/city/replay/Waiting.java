package de.doppelboden.city.replay;

import de.doppelboden.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What waits for a person, read as a person would: by the command. */
final class Waiting {

    private Waiting() {}

    static List<Auditor.Deferred> of(Path configuration, String service) throws IOException {
        var out = new StringWriter();
        CommandLine commands = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        int exit = commands.execute("worklist", "list", service, "--json", "--config", configuration.toString());
        if (exit != 0) {
            throw new IOException("the worklist cannot be read: " + out);
        }
        var entries = new ArrayList<Auditor.Deferred>();
        for (JsonNode item : JsonMapper.shared().readTree(out.toString()).path("entries")) {
            JsonNode entry = item.path("entry");
            entries.add(new Auditor.Deferred(
                    entry.path("idempotencyKey").asString(""),
                    entry.path("operation").asString(""),
                    entry.path("payload").asString(entry.path("payload").toString()),
                    item.path("why").asString(""),
                    entry.path("state").asString("").equals("CONFLICT")));
        }
        return List.copyOf(entries);
    }
}
