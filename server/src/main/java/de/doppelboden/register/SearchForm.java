package de.doppelboden.register;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The search form of a name by DIN 91379: every Latin letter of the standard as one or two letters A-Z, words parted by one
 * space. A hyphen or an apostrophe joins (BMeldDAV 2021: "Karlheinz" finds "Karl-Heinz", "Karl Heinz" does not).
 */
public final class SearchForm {

    private static final int LONGEST_SEQUENCE = 3;
    private static final Map<String, String> FORMS = load();
    private static final @Nullable String[] SINGLE = singles();

    private SearchForm() {}

    /** The words of a name, A-Z and digits only; empty when the name has no letter ("+" stands for no forename). */
    public static String of(String name) {
        return convert(name, false);
    }

    /** As {@link #of}, but {@code *} (any letters) and {@code ?} (one letter) stay. */
    public static String pattern(String query) {
        return convert(query, true);
    }

    /** Whether all letters are letters of DIN 91379; other characters are judged by the caller. */
    public static boolean knowsAllLetters(String text) {
        var nfc = Normalizer.normalize(text, Normalizer.Form.NFC);
        for (int at = 0; at < nfc.length(); ) {
            int length = sequenceAt(nfc, at);
            if (length == 0 && isLetterOrMark(nfc.codePointAt(at))) {
                return false;
            }
            at += Math.max(length, 1);
        }
        return true;
    }

    private static String convert(String text, boolean wildcards) {
        var nfc = Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
        var out = new StringBuilder(nfc.length() + 4);
        boolean gap = false;
        for (int at = 0; at < nfc.length(); ) {
            int length = sequenceAt(nfc, at);
            char c = nfc.charAt(at);
            if (length > 0 || isAsciiDigit(c) || (wildcards && (c == '*' || c == '?'))) {
                if (gap && !out.isEmpty()) {
                    out.append(' ');
                }
                gap = false;
                out.append(length > 0 ? form(nfc, at, length) : String.valueOf(c));
            } else {
                gap |= Character.isWhitespace(c) || c == ',' || c == '\u00a0';
            }
            at += Math.max(length, 1);
        }
        return out.toString();
    }

    /** Length in chars of the longest letter or sequence of DIN 91379 that begins here; 0 when there is none. */
    private static int sequenceAt(String text, int at) {
        char first = text.charAt(at);
        boolean single = first < SINGLE.length && SINGLE[first] != null;
        int longest = Math.min(LONGEST_SEQUENCE, text.length() - at);
        for (int length = longest; length > 1; length--) {
            if (isCombining(text.charAt(at + 1)) && FORMS.containsKey(text.substring(at, at + length))) {
                return length;
            }
        }
        return single ? 1 : 0;
    }

    private static String form(String text, int at, int length) {
        var form = length == 1 ? SINGLE[text.charAt(at)] : FORMS.get(text.substring(at, at + length));
        return form == null ? "" : form;
    }

    private static boolean isCombining(char c) {
        return c >= '\u0300' && c <= '\u036f';
    }

    private static boolean isLetterOrMark(int codePoint) {
        return Character.isLetter(codePoint)
                || Character.getType(codePoint) == Character.NON_SPACING_MARK
                || Character.getType(codePoint) == Character.ENCLOSING_MARK;
    }

    private static boolean isAsciiDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Map<String, String> load() {
        var forms = new HashMap<String, String>(1400);
        try (InputStream in = SearchForm.class.getResourceAsStream("din91379-search-form.txt")) {
            if (in == null) {
                throw new IllegalStateException("din91379-search-form.txt is missing from the jar");
            }
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                var parts = line.split(" ");
                for (int i = 1; i < parts.length && !line.startsWith("#"); i++) {
                    forms.put(parts[i], parts[0]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return forms;
    }

    /** The forms of single letters by their code, for the many names that have no sequence in them. */
    private static @Nullable String[] singles() {
        var singles = new @Nullable String[0x2000];
        FORMS.forEach((letter, form) -> {
            if (letter.length() == 1) {
                singles[letter.charAt(0)] = form;
            }
        });
        return singles;
    }
}
