package de.doppelboden.city;

import de.doppelboden.city.limping.LimpingRedundancy;
import de.doppelboden.city.peer.PeerMissing;
import de.doppelboden.city.replay.CountersDay;
import de.doppelboden.city.replay.Outage;
import de.doppelboden.city.replay.Played;
import de.doppelboden.cli.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code replay NAME}: plays a historic outage with and without the second floor. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a historic outage against two groups of the same people, one without and one with the second floor.",
            "NAME is counters-2019-09-24: all customer centres without the register from 11:00 to 15:00."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:played, and all invariants hold",
            "1:played, and an invariant does not hold; it is named",
            "64:wrong usage",
            "70:could not be played"
        })
public final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description = "Which outage: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Known.class)
    private String name = "";

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write a report that a head of office can read.")
    private @Nullable Path report;

    @Option(
            names = "--seed",
            description = "Draws the people of the day (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--residents",
            description = "How many residents the register has (default: ${DEFAULT-VALUE}).",
            defaultValue = "30000")
    private int residents;

    @Option(names = "--diary", paramLabel = "FILE.csv", description = "Write every request that anybody made.")
    private @Nullable Path diary;

    @Option(names = "--keep", description = "Keep the folder with the databases and logs, and say where it is.")
    private boolean keep;

    @Option(names = "--alone", description = "Only the group without the second floor.")
    private boolean alone;

    private static final List<Outage> OUTAGES = List.of(CountersDay.OUTAGE, LimpingRedundancy.OUTAGE);

    /** The outages there are. */
    static final class Known implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return OUTAGES.stream().map(Outage::name).iterator();
        }
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Outage outage = OUTAGES.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "no such outage: " + name + "; known: " + String.join(", ", new Known())));
        try (Scratch scratch = Scratch.begin("replay", keep, spec.commandLine().getErr())) {
            Played played = outage.play().play(new Outage.Setting(scratch.folder(), seed, residents, alone));
            if (diary != null) {
                played.diary(diary);
            }
            if (report != null) {
                played.report(report);
            }
            return print(outage, played);
        } catch (PeerMissing missing) {
            spec.commandLine().getErr().println(missing.getMessage());
            spec.commandLine().getErr().flush();
            return Exit.UNAVAILABLE;
        }
    }

    private int print(Outage outage, Played played) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode object = JsonMapper.shared().createObjectNode();
            object.put("replay", outage.name()).put("seed", seed);
            object.put("wallSeconds", Math.round(played.wallSeconds() * 10) / 10.0);
            object.setAll(played.json());
            out.println(object);
        } else {
            played.lines().forEach(out::println);
        }
        out.flush();
        List<String> broken = played.broken();
        broken.forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getErr().flush();
        return broken.isEmpty() ? Exit.OK : Exit.REFUSED;
    }
}
