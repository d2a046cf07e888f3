package de.doppelboden.city.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What waits for a person, read as a person would: by the command. */
final class Waiting {

    private Waiting() {}

    static List<Auditor.Deferred> of(Path configuration, String service) throws IOException {
        String said = Typed.command("worklist", "list", service, "--json", "--config", configuration.toString());
        var entries = new ArrayList<Auditor.Deferred>();
        for (JsonNode item : JsonMapper.shared().readTree(said).path("entries")) {
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
