package de.doppelboden.city.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The figures of a replay as a table for a terminal. */
final class Summary {

    private Summary() {}

    static List<String> lines(CountersDay.Result played) {
        JsonNode alone = played.alone().figures().json();
        JsonNode floor =
                played.floor() == null ? alone : played.floor().figures().json();
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%s, seed %d, %.0f s of wall time",
                CountersDay.NAME,
                played.seed(),
                played.wallSeconds()));
        lines.add(String.format(Locale.ROOT, "%-26s %12s %12s", "", "alone", played.floor() == null ? "" : "floor"));
        for (Map.Entry<String, JsonNode> figure : alone.properties()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-26s %12s %12s",
                    figure.getKey(),
                    figure.getValue().asString(""),
                    played.floor() == null ? "" : floor.path(figure.getKey()).asString("")));
        }
        lines.add(
                "extrapolatedUserMinutes is extrapolated from the ends of the scenes to the skipped hours; all else was counted.");
        return lines;
    }
}
