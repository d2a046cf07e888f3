package de.doppelboden.city.limping;

import de.doppelboden.city.people.Diary.Request;
import de.doppelboden.city.replay.Invariant;
import de.doppelboden.city.replay.Played;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The collapse as it was played.
 *
 * @param until the second until which people came
 * @param opened the time of second 0
 * @param accounts of the groups: HAProxy's, the one with HAProxy tuned, ours if it played
 * @param decided what the product decided
 */
record Collapse(
        Plan plan,
        double wallSeconds,
        double until,
        Instant opened,
        List<Account> accounts,
        List<Front.Floor.Decided> decided)
        implements Played {

    Account haproxy() {
        return accounts.get(0);
    }

    Account tuned() {
        return accounts.get(1);
    }

    Optional<Account> floor() {
        return accounts.stream().skip(2).findFirst();
    }

    @Override
    public ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        ObjectNode fault = json.putObject("fault");
        fault.put("peoplePerSecond", rounded(plan.peoplePerSecond()));
        fault.put("capacity", Math.round(plan.capacity() * 1_000) / 1_000.0);
        fault.put("fromSecond", rounded(plan.limps())).put("untilSecond", rounded(plan.well()));
        ObjectNode groups = json.putObject("groups");
        accounts.forEach(account -> groups.set(account.name(), account.json()));
        return json;
    }

    private static double rounded(double figure) {
        return Math.round(figure * 10) / 10.0;
    }

    @Override
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%s, seed %d, %.0f s of wall time; from %.1f s to %.1f s the primary has %.1f %% of its performance",
                LimpingRedundancy.NAME,
                plan.seed(),
                wallSeconds,
                plan.limps(),
                plan.well(),
                100 * plan.capacity()));
        List<ObjectNode> all = accounts.stream().map(Account::json).toList();
        lines.add(row("", accounts.stream().map(Account::name).toList()));
        for (Map.Entry<String, JsonNode> figure : all.getFirst().properties()) {
            lines.add(row(
                    figure.getKey(),
                    all.stream()
                            .map(each -> each.path(figure.getKey()).asString(""))
                            .toList()));
        }
        return lines;
    }

    private static String row(String name, List<String> cells) {
        var row = new StringBuilder(String.format(Locale.ROOT, "%-22s", name));
        cells.forEach(cell -> row.append(String.format(Locale.ROOT, " %12s", cell)));
        return row.toString();
    }

    @Override
    public List<Invariant> invariants() {
        return Invariants.of(this);
    }

    @Override
    public boolean report(Path file) throws IOException {
        Optional<Account> floor = floor();
        if (floor.isPresent()) {
            new Report(this, floor.get()).write(file);
        }
        return floor.isPresent();
    }

    @Override
    public void diary(Path file) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("group,second,person,errand,millis,got,side");
        for (Account account : accounts) {
            for (Request request : account.requests()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%s,%.2f,%d,%s,%d,%s,%s",
                        account.name(),
                        account.second(request.began()),
                        request.desk(),
                        request.what(),
                        request.millis(),
                        request.got(),
                        request.side()));
            }
        }
        Files.write(file, lines);
    }
}
