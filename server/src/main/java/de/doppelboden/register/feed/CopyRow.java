package de.doppelboden.register.feed;

import de.doppelboden.register.SearchForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of PostgreSQL's COPY text format: what the primary's view sends, and the same with the search columns behind it.
 * Lines travel as bytes; only the four names are decoded.
 */
final class CopyRow {

    private static final int FAMILY_NAME = 4;
    private static final int FORENAMES = 7;

    private CopyRow() {}

    /** The line with family name, birth name, former names and forenames in search form appended. */
    static byte[] withSearchForms(byte[] line) {
        var names = names(line);
        var suffix = '\t'
                + SearchForm.of(names.get(0))
                + '\t'
                + SearchForm.of(names.get(1))
                + '\t'
                + formerForms(names.get(2))
                + '\t'
                + SearchForm.of(names.get(3))
                + '\n';
        int length = endOfText(line);
        byte[] added = suffix.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[length + added.length];
        System.arraycopy(line, 0, whole, 0, length);
        System.arraycopy(added, 0, whole, length, added.length);
        return whole;
    }

    /** Former names are parted by comma or semicolon; their search forms by |. */
    private static String formerForms(String former) {
        return former.isEmpty()
                ? ""
                : List.of(former.split("[,;]")).stream()
                        .map(SearchForm::of)
                        .filter(form -> !form.isEmpty())
                        .collect(Collectors.joining("|"));
    }

    private static List<String> names(byte[] line) {
        var names = new ArrayList<String>(4);
        int column = 0;
        int start = 0;
        for (int i = 0; i < line.length && column <= FORENAMES; i++) {
            if (line[i] == '\t') {
                if (column >= FAMILY_NAME) {
                    names.add(decoded(line, start, i));
                }
                column++;
                start = i + 1;
            }
        }
        if (names.size() != FORENAMES - FAMILY_NAME + 1) {
            throw new IllegalArgumentException("a row of the primary's view has " + column + " columns only");
        }
        return names;
    }

    private static String decoded(byte[] line, int from, int to) {
        var text = new String(line, from, to - from, StandardCharsets.UTF_8);
        if (text.equals("\\N")) {
            return "";
        }
        return text.indexOf('\\') < 0
                ? text
                : text.replaceAll("\\\\[bfnrtv]", " ").replace("\\", "");
    }

    private static int endOfText(byte[] line) {
        return line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
    }
}
