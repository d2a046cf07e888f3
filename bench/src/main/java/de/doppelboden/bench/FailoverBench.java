package de.doppelboden.bench;

import de.doppelboden.bench.failover.Outcome;
import de.doppelboden.bench.failover.Play;
import de.doppelboden.bench.failover.Scenario;
import de.doppelboden.city.FreePorts;
import de.doppelboden.city.peer.PeerProxy;
import de.doppelboden.city.peer.Programs;
import de.doppelboden.city.peer.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What users of a web application get while one side, the other, or both fall ill by a script: through HAProxy and nginx as their
 * manuals set them up for this, and through us, one after the other in the same run.
 */
final class FailoverBench implements Bench {

    private static final String OURS = "Doppelboden";

    /** For an answer of a side, when it is tuned. */
    private static final String HAPROXY_PATIENCE = "200ms";

    /** In these a good gateway loses nearly nothing; the two others are told apart. */
    private static final Set<String> NOT_SUMMED = Set.of("bothslow", "sbbroken");

    @Override
    public String name() {
        return "failover";
    }

    @Override
    public String about() {
        return "bad requests of a web application in fourteen faults, beside HAProxy and nginx";
    }

    @Override
    public List<Row> run(Ground ground) throws Exception {
        Path haproxy = Programs.need("haproxy", "haproxy");
        Path nginx = Programs.need("nginx", "failover/nginx-light");
        Map<String, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
        for (var scenario : scenarios(ground)) {
            Map<String, Outcome> of = new LinkedHashMap<>();
            for (var gateway : gateways(ground, haproxy, nginx).entrySet()) {
                List<Integer> ports = FreePorts.some(2);
                var play = new Play(
                        scenario, ports.get(0), ports.get(1), ground.options().rate(), ground.seed(), ground.pace());
                var outcome = play.with(gateway.getValue());
                of.put(gateway.getKey(), outcome);
                ground.say("%-12s %-16s %s".formatted(scenario.name(), gateway.getKey(), outcome));
            }
            outcomes.put(scenario.name(), of);
        }
        return rows(outcomes);
    }

    private static List<Scenario> scenarios(Ground ground) {
        var wanted = ground.options().scenarios();
        return wanted.isEmpty()
                ? Scenario.ALL
                : wanted.stream().map(Scenario::named).toList();
    }

    private static Map<String, Play.Starter> gateways(Ground ground, Path haproxy, Path nginx) {
        Map<String, Play.Starter> all = new LinkedHashMap<>();
        all.put("HAProxy first", play -> peer(ground, play, haproxy, "failover/haproxy-first.cfg"));
        all.put("HAProxy tuned", play -> peer(ground, play, haproxy, "peer/haproxy-tuned.cfg"));
        all.put("nginx default", play -> peer(ground, play, nginx, "failover/nginx-default.conf"));
        all.put("nginx tuned", play -> peer(ground, play, nginx, "failover/nginx-tuned.conf"));
        all.put(OURS, play -> ours(ground, play));
        return all;
    }

    private record Running(int port, Runnable end) implements Play.Gateway {

        @Override
        public void close() {
            end.run();
        }
    }

    private static Play.Gateway peer(Ground ground, Play play, Path program, String settings) throws Exception {
        Path folder = Files.createTempDirectory(ground.folder(), "peer");
        int port = FreePorts.some(1).getFirst();
        Map<String, Object> words = Map.of(
                "listen", port,
                "primary", play.primaryPort(),
                "standby", play.standbyPort(),
                "patience", HAPROXY_PATIENCE,
                "work", folder);
        var peer = settings.contains("haproxy")
                ? PeerProxy.haproxy(program, settings, folder, port, words, ground.pace())
                : nginx(program, Template.fill(settings, folder.resolve("nginx.conf"), words), port, ground);
        return new Running(port, peer::close);
    }

    private static PeerProxy nginx(Path program, Path file, int port, Ground ground) throws Exception {
        Path folder = Objects.requireNonNull(file.getParent());
        return PeerProxy.start(
                List.of(program.toString(), "-e", folder.resolve("start.log").toString(), "-c", file.toString()),
                folder,
                port,
                ground.pace());
    }

    /** The whole product, with its database, its control process and its judge. */
    private static Play.Gateway ours(Ground ground, Play play) throws Exception {
        Path folder = Files.createTempDirectory(ground.folder(), "floor");
        List<Integer> ports = FreePorts.some(4);
        var portal = Portal.start(
                folder,
                "failover/portal.yaml",
                Map.of(
                        "listen", ports.get(0),
                        "primary", play.primaryPort(),
                        "standby", play.standbyPort(),
                        "work", folder,
                        "database", ports.get(1),
                        "console", ports.get(2),
                        "management", ports.get(3)));
        return new Running(ports.get(0), portal::close);
    }

    private static List<Row> rows(Map<String, Map<String, Outcome>> outcomes) {
        var rows = new ArrayList<Row>();
        outcomes.forEach(
                (scenario, of) -> rows.add(beside("bad requests, " + scenario, Map.of(scenario, of), Outcome::bad)));
        var summed = new LinkedHashMap<>(outcomes);
        summed.keySet().removeAll(NOT_SUMMED);
        if (outcomes.size() == Scenario.ALL.size()) {
            rows.add(beside("bad requests, sum of the twelve", summed, Outcome::bad)
                    .against(Target.atMost(120, 60)));
            rows.add(beside("not answered, sum of all", outcomes, Outcome::unanswered)
                    .against(Target.atMost(660, 600)));
            rows.add(beside("not answered, bothslow", only(outcomes, "bothslow"), Outcome::unanswered)
                    .against(Target.atMost(0, 0)));
            rows.add(beside("bad requests, sbbroken", only(outcomes, "sbbroken"), Outcome::bad)
                    .against(Target.atMost(650, 160)));
        }
        rows.add(beside("changes of side beyond those needed", outcomes, Outcome::excess)
                .against(Target.atMost(0, 0)));
        rows.add(beside("writes carried out twice", outcomes, Outcome::twice).against(Target.atMost(0, 0)));
        rows.add(beside("writes carried out, the user told that they failed", outcomes, Outcome::ghosts)
                .against(Target.atMost(0, 0)));
        var without = new LinkedHashMap<>(outcomes);
        without.remove("sbbroken");
        rows.add(new Row(
                        "worse than the best peer, the worst scenario but sbbroken",
                        "requests",
                        without.values().stream()
                                .mapToInt(of ->
                                        Objects.requireNonNull(of.get(OURS)).bad() - best(of, Outcome::bad))
                                .max()
                                .orElse(0))
                .against(Target.atMost(15, 5)));
        return rows;
    }

    private static Map<String, Map<String, Outcome>> only(Map<String, Map<String, Outcome>> outcomes, String scenario) {
        return Map.of(scenario, Objects.requireNonNull(outcomes.get(scenario)));
    }

    /** Beside the peer whose sum is the least. */
    private static Row beside(String what, Map<String, Map<String, Outcome>> outcomes, ToIntFunction<Outcome> figure) {
        Map<String, Integer> sums = new LinkedHashMap<>();
        outcomes.values()
                .forEach(of ->
                        of.forEach((name, outcome) -> sums.merge(name, figure.applyAsInt(outcome), Integer::sum)));
        int ours = Objects.requireNonNull(sums.remove(OURS));
        var best = sums.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        return new Row(what, "requests", ours).beside(best.getKey(), best.getValue());
    }

    private static int best(Map<String, Outcome> of, ToIntFunction<Outcome> figure) {
        return of.entrySet().stream()
                .filter(each -> !each.getKey().equals(OURS))
                .mapToInt(each -> figure.applyAsInt(each.getValue()))
                .min()
                .orElse(0);
    }
}
