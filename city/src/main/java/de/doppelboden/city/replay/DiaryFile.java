package de.doppelboden.city.replay;

import de.doppelboden.city.people.Diary.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every request of a replay as a CSV file, for whoever wants to count for himself. */
final class DiaryFile {

    private DiaryFile() {}

    static void write(Path file, CountersDay.Result played) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("group,scene,second,desk,what,millis,got,side");
        lines(lines, "alone", played, played.alone());
        if (played.floor() != null) {
            lines(lines, "floor", played, played.floor());
        }
        Files.write(file, lines);
    }

    private static void lines(List<String> lines, String group, CountersDay.Result played, CountersDay.Side side) {
        long from = played.scenes().getFirst().from();
        for (Request r : side.auditor().requests()) {
            String scene = played.scenes().stream()
                    .filter(s -> r.began() < s.until())
                    .findFirst()
                    .map(Scene::name)
                    .orElse("danach");
            double second = (r.began() - from) / 1e9;
            lines.add(String.format(
                    Locale.ROOT,
                    "%s,%s,%.2f,%d,%s,%d,%s,%s",
                    group,
                    scene,
                    second,
                    r.desk(),
                    r.what(),
                    r.millis(),
                    r.got(),
                    r.side()));
        }
    }
}
