package de.doppelboden.cli;

import de.doppelboden.console.Moments;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** How a command prints: columns for people, with the times that the pages have; or one JSON object for programs, in UTC. */
final class Printing {

    static final JsonMapper JSON = JsonMapper.shared();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    void line(String line) {
        out().println(Moments.local(line));
    }

    void object(Object value) {
        out().println(JSON.writeValueAsString(value));
    }

    /** Rows of cells, aligned; the last column is as wide as it is. */
    void table(List<List<String>> cells) {
        List<List<String>> rows = cells.stream()
                .map(row -> row.stream().map(Moments::local).toList())
                .toList();
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int length = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(length);
                } else {
                    widths.set(i, Math.max(widths.get(i), length));
                }
            }
        }
        for (List<String> row : rows) {
            List<String> padded = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                boolean last = i == row.size() - 1;
                padded.add(
                        last
                                ? row.get(i)
                                : row.get(i)
                                        + " ".repeat(widths.get(i) - row.get(i).length()));
            }
            line(padded.stream().collect(Collectors.joining("  ")).stripTrailing());
        }
    }
}
