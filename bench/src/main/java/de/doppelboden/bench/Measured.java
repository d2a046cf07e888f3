package de.doppelboden.bench;

import de.doppelboden.cli.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What one run of a measurement found, as it is printed. */
record Measured(String bench, String commit, String machine, List<Row> rows) {

    private static final List<String> HEADINGS =
            List.of("", "measured", "peer", "its figure", "ratio", "must", "aim", "");

    /** 0 when every must is met, 1 when one is missed. */
    int exit() {
        return rows.stream().allMatch(row -> row.met().orElse(true)) ? Exit.OK : Exit.REFUSED;
    }

    ObjectNode json() {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.put("bench", bench).put("commit", commit).put("machine", machine);
        var list = object.putArray("rows");
        rows.forEach(row -> list.add(row.json()));
        return object;
    }

    /** A table for a person. */
    List<String> lines() {
        List<List<String>> cells = Stream.concat(
                        Stream.of(HEADINGS), rows.stream().map(Measured::cells))
                .toList();
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var lines = new ArrayList<String>();
        lines.add(bench + " at " + commit + ", " + machine);
        for (List<String> row : cells) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                boolean left = i == 0 || i == 2 || i == widths.length - 1;
                line.append(left ? row.get(i) + padding : padding + row.get(i)).append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.name(),
                text(row.value()) + " " + row.unit(),
                row.peer().map(Row.Peer::name).orElse(""),
                row.peer().map(peer -> text(peer.value()) + " " + row.unit()).orElse(""),
                row.peer().map(peer -> text(row.ratio()) + " x").orElse(""),
                limit(row.target(), true),
                limit(row.target(), false),
                verdict(row));
    }

    private static String limit(Optional<Target> target, boolean must) {
        return target.map(t -> (t.bound() == Target.Bound.AT_MOST ? "<= " : ">= ")
                        + text(must ? t.must() : t.aim())
                        + (t.of() == Target.Of.RATIO ? " x" : ""))
                .orElse("");
    }

    private static String verdict(Row row) {
        if (row.met().isEmpty()) {
            return "";
        }
        return !row.met().get() ? "MISSED" : row.aimMet().orElse(false) ? "aim met" : "must met";
    }

    private static String text(double figure) {
        var rounded = Row.rounded(figure);
        return rounded == null ? "none" : rounded.toPlainString();
    }
}
