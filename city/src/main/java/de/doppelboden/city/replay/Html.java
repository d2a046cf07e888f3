package de.doppelboden.city.replay;

import de.doppelboden.city.people.Diary.Got;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The pieces that a report is made of: one HTML file without scripts, pictures as SVG, figures as they are written in German. */
public final class Html {

    private Html() {}

    /**
     * Writes a report.
     *
     * @param resource the template; {@code {{name}}} stands for a part
     * @param parts HTML
     */
    public static void write(Path file, String resource, Map<String, String> parts) throws IOException {
        try (InputStream in = Objects.requireNonNull(Html.class.getResourceAsStream(resource), resource)) {
            String filled = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> part : parts.entrySet()) {
                filled = filled.replace("{{" + part.getKey() + "}}", part.getValue());
            }
            Files.writeString(file, filled);
        }
    }

    /** @param heads of the columns, as text */
    public static String table(List<String> heads, List<String> rows) {
        var table = new StringBuilder("<table><tr>");
        heads.forEach(head -> table.append("<th scope=\"col\">").append(head).append("</th>"));
        table.append("</tr>\n");
        rows.forEach(row -> table.append(row).append('\n'));
        return table.append("</table>").toString();
    }

    public static String row(String... cells) {
        return "<tr><td>" + String.join("</td><td>", cells) + "</td></tr>";
    }

    /** A cell with a figure, for columns that are compared. */
    public static String cell(String figure) {
        return "<td class=\"zahl\">" + figure + "</td>";
    }

    public static String whole(long figure) {
        return String.format(Locale.GERMAN, "%,d", figure);
    }

    public static String number(double figure, int digits) {
        return String.format(Locale.GERMAN, "%,." + digits + "f", figure);
    }

    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Of what a user got, in every picture the same. */
    public static String colour(Got got) {
        return switch (got) {
            case GOOD -> "#3c7a4b";
            case LATE -> "#e0a526";
            case FAILED -> "#b3321f";
        };
    }

    /** A text in a picture. */
    public static String text(double x, double y, String text) {
        return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n", x, y, text);
    }
}
