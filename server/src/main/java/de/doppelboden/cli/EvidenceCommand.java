package de.doppelboden.cli;

import de.doppelboden.database.Database;
import de.doppelboden.evidence.EvidenceReader;
import de.doppelboden.evidence.Found;
import de.doppelboden.evidence.Head;
import de.doppelboden.evidence.Note;
import de.doppelboden.evidence.Query;
import de.doppelboden.evidence.Verified;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The evidence log, straight from the database. */
@Command(
        name = "evidence",
        description = "Shows the evidence log, and verifies that nobody changed it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|verify|anchor")
final class EvidenceCommand implements Runnable {

    private static final List<String> COLUMNS = List.of("number", "at", "service", "kind", "text");

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say list, verify or anchor.");
    }

    @Command(name = "list", description = "Lists entries, newest first.", mixinStandardHelpOptions = true)
    int list(
            @Mixin Target target,
            @Mixin Printing printing,
            @Option(names = "--service", description = "Only of this service.") @Nullable String service,
            @Option(names = "--kind", description = "Only of this kind, as switch or act.") @Nullable String kind,
            @Option(names = "--text", description = "Only with this in their sentence.") @Nullable String text,
            @Option(names = "--from", description = "From this time on, as 2026-11-24T11:00.") @Nullable Instant from,
            @Option(names = "--until", description = "Before this time.") @Nullable Instant until,
            @Option(names = "--before", description = "Only with smaller numbers: the next page.") @Nullable
                    Long before,
            @Option(names = "--limit", defaultValue = "50", description = "At most; 1 to 500, else 50.") int limit)
            throws Failure, SQLException {
        Query query = new Query(
                Optional.ofNullable(service),
                Optional.ofNullable(kind),
                Optional.ofNullable(text),
                Optional.ofNullable(from),
                Optional.ofNullable(until),
                before == null ? Long.MAX_VALUE : before,
                Math.clamp(limit, 1, 500));
        if (target.remote()) {
            return target.show(printing, elsewhere(query), all -> all.path("entries"), COLUMNS);
        }
        try (Database database = target.installation().database()) {
            List<Found> found = new EvidenceReader(database.dataSource()).find(query);
            if (printing.json()) {
                printing.object(Map.of("entries", found));
            } else {
                printing.table(rows(found));
            }
        }
        return Exit.OK;
    }

    private static String elsewhere(Query query) throws Failure {
        if (query.from().isPresent() || query.until().isPresent()) {
            throw new Failure(
                    Exit.USAGE, "--from and --until are for the log of this machine; --before pages elsewhere.");
        }
        StringBuilder path = new StringBuilder("/evidence?limit=" + query.limit());
        query.service().ifPresent(service -> path.append("&service=").append(encoded(service)));
        query.kind().ifPresent(kind -> path.append("&kind=").append(encoded(kind)));
        query.text().ifPresent(text -> path.append("&text=").append(encoded(text)));
        return query.before() == Long.MAX_VALUE
                ? path.toString()
                : path.append("&before=" + query.before()).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<List<String>> rows(List<Found> found) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NUMBER", "AT", "SERVICE", "KIND", "TEXT"));
        for (Found each : found) {
            Note note = each.entry().note();
            rows.add(List.of(
                    String.valueOf(each.number()),
                    each.entry().at().toString(),
                    note.service(),
                    note.kind(),
                    note.text()));
        }
        return rows;
    }

    @Command(
            name = "verify",
            description = "Walks the whole chain; names the first entry that was changed, removed, put in or cut off.",
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin Installation installation,
            @Mixin Printing printing,
            @Option(
                            names = "--anchor",
                            paramLabel = "POSITION:HASH",
                            description = "A head that was kept elsewhere; may be given several times.")
                    @Nullable
                    List<String> anchors)
            throws Failure, SQLException, IOException {
        List<Head> heads = new ArrayList<>();
        for (String anchor : anchors == null ? List.<String>of() : anchors) {
            heads.add(head(anchor));
        }
        try (Database database = installation.database()) {
            Verified verified = new EvidenceReader(database.dataSource())
                    .verify(installation.configuration().data().resolve("evidence"), heads);
            boolean intact = verified instanceof Verified.Intact;
            if (printing.json()) {
                printing.object(Map.of("intact", intact, "sentence", verified.sentence(), "found", verified));
            } else {
                printing.line(verified.sentence());
            }
            return intact ? Exit.OK : Exit.REFUSED;
        }
    }

    private Head head(String anchor) {
        try {
            return Head.parse(anchor);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), anchor + " is " + e.getMessage(), e);
        }
    }

    @Command(
            name = "anchor",
            description = "Prints the head of the chain, to be kept elsewhere: verify --anchor compares with it.",
            mixinStandardHelpOptions = true)
    int anchor(@Mixin Installation installation, @Mixin Printing printing) throws Failure, SQLException {
        try (Database database = installation.database()) {
            Head head = new EvidenceReader(database.dataSource()).head();
            if (printing.json()) {
                printing.object(Map.of("position", head.position(), "hash", head.hash()));
            } else {
                printing.line(head.toString());
            }
        }
        return Exit.OK;
    }
}
