package de.doppelboden.city;

import de.doppelboden.city.limping.LimpingRedundancy;
import de.doppelboden.city.peer.PeerMissing;
import de.doppelboden.city.replay.CountersDay;
import de.doppelboden.city.replay.Invariant;
import de.doppelboden.city.replay.Outage;
import de.doppelboden.city.replay.Played;
import de.doppelboden.cli.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
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
            "Plays a historic outage in real time against groups of the same people, without and with the second floor.",
            "Exit code 0: played, and all invariants hold; 1: one does not, and is named; 69: a program beside which it is",
            "played is not installed."
        },
        footerHeading = "%nOutages:%n",
        footer = {
            "  counters-2019-09-24  all customer centres without the register from 11:00 to 15:00; one group alone, one",
            "                       with the second floor. Takes about a minute, and needs nothing else",
            "  limping-redundancy   two sides, of which the first collapses under a green health check; HAProxy in front",
            "                       of one group, the second floor in front of the other, and HAProxy tuned beside them.",
            "                       Takes about a minute and a half, and needs HAProxy (Debian: apt install haproxy)",
            "",
            "JSON: replay, seed, wallSeconds, groups (by name, figures as below), invariants (by name, whether it holds).",
            "limping-redundancy also has fault (peoplePerSecond; capacity: what is left of the primary's performance, of 1;",
            "fromSecond, untilSecond).",
            "",
            "Invariants of counters-2019-09-24: noneLost, noneDoubled, blockedHidden, noExcessSwitches, peopleServed (at most",
            "0.5 %% of those that the other group sends away are sent away), wellSoon (within 2 s), sidesEqual.",
            "Invariants of limping-redundancy: checkStayedGreen, haproxyStayed; of the second floor noneLost, noneDoubled,",
            "noneContradicted, leftWhileGreen, notBackWhileLimping, backWhenWell, peopleServed (as above).",
            "",
            "Figures of counters-2019-09-24 (groups alone, floor):",
            "  cases, served, provisional, onPaper, sentAway   citizens: came, got what they came for (of these with a",
            "                       provisional receipt), taken down on paper, sent away",
            "  requests, failed, late   pages and forms: all, wrong or none, later than 500 ms",
            "  lostUserMinutes, extrapolatedUserMinutes   at desks where nothing worked: played; in the skipped hours",
            "  acknowledged, lost, doubled, conflicts, worklist   forms: told to be done, of these nowhere, entered more",
            "                       than once, in conflict, waiting for a person",
            "  timeToGoodMs         from the first limping request until two seconds were well; null: never",
            "  excessSwitches, blockedShown, sidesEqualAfterReturn   changes of side beyond there and back, pages with a",
            "                       blocked person shown without right, whether both sides hold the same in the end",
            "",
            "Figures of limping-redundancy (groups haproxy, haproxyTuned, floor):",
            "  people, served, unclear, sentAway   came; got all they came for; sent a form and were not told what became",
            "                       of it; lost patience",
            "  requests, late, failed   pages and forms: all, later than 500 ms, wrong or none",
            "  waitedMinutes        of people, for what came late or not at all",
            "  timeToGoodMs         as above",
            "  leftMs, backMs       from the collapse until users were sent to the standby, from its end until all were back",
            "                       for good; null: never. Below 0: before its end",
            "  returnsWhileLimping  times that users were sent back to the collapsed primary",
            "  healthGreen, slowestHealthMs   the primary's health URL during the collapse, asked ten times a second",
            "  mostInFlight         requests at the primary during the collapse, at work or waiting",
            "  acknowledged, lost, doubled, contradicted, unclearDone   forms: told to be done, of these carried out on no",
            "                       side; carried out more than once; told to be refused, yet carried out; of the unclear",
            "                       ones, carried out"
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
            description = "Draws the people, and in limping-redundancy the fault (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--residents",
            description = "How many residents the register of counters-2019-09-24 has (default: ${DEFAULT-VALUE}).",
            defaultValue = "30000")
    private int residents;

    @Option(names = "--diary", paramLabel = "FILE.csv", description = "Write every request that anybody made.")
    private @Nullable Path diary;

    @Option(names = "--keep", description = "Keep the folder with the databases and logs, and say where it is.")
    private boolean keep;

    @Option(names = "--alone", description = "Only who has no second floor; there is no report then.")
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
            boolean reported = report != null && played.report(report);
            return print(outage, played, reported);
        } catch (PeerMissing missing) {
            spec.commandLine().getErr().println(missing.getMessage());
            spec.commandLine().getErr().flush();
            return Exit.UNAVAILABLE;
        }
    }

    private int print(Outage outage, Played played, boolean reported) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode object = JsonMapper.shared().createObjectNode();
            object.put("replay", outage.name()).put("seed", seed);
            object.put("wallSeconds", Math.round(played.wallSeconds() * 10) / 10.0);
            object.setAll(played.json());
            ObjectNode invariants = object.putObject("invariants");
            played.invariants().forEach(each -> invariants.put(each.name(), each.holds()));
            out.println(object);
        } else {
            played.lines().forEach(out::println);
            out.println();
            played.invariants().forEach(each -> out.println((each.holds() ? "holds   " : "BROKEN  ") + each.promise()));
            if (reported) {
                out.println("Report: "
                        + Objects.requireNonNull(report).toAbsolutePath().normalize());
            }
        }
        out.flush();
        List<Invariant> broken =
                played.invariants().stream().filter(each -> !each.holds()).toList();
        broken.forEach(each -> spec.commandLine().getErr().println(each.sentence()));
        spec.commandLine().getErr().flush();
        return broken.isEmpty() ? Exit.OK : Exit.REFUSED;
    }
}
