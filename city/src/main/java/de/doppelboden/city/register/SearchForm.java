package de.doppelboden.city.register;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The search form of a name by DIN 91379: letters A to Z. Written from the rules and not from the table that the product ships, so
 * that the two can be held against each other.
 */
final class SearchForm {

    private static final char DIAERESIS = '\u0308';
    private static final char RING = '\u030A';

    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('Æ', "AE"),
            Map.entry('Ð', "D"),
            Map.entry('Ø', "OE"),
            Map.entry('Þ', "TH"),
            Map.entry('Đ', "D"),
            Map.entry('Ħ', "H"),
            Map.entry('Ĳ', "IJ"),
            Map.entry('ĸ', "K"),
            Map.entry('Ŀ', "L"),
            Map.entry('Ł', "L"),
            Map.entry('Ŋ', "N"),
            Map.entry('Œ', "OE"),
            Map.entry('Ŧ', "T"),
            Map.entry('Ƈ', "C"),
            Map.entry('Ə', "E"),
            Map.entry('Ɨ', "I"),
            Map.entry('Ʒ', "Z"),
            Map.entry('Ǥ', "G"),
            Map.entry('ẞ', "SS"),
            Map.entry('ß', "SS"),
            Map.entry('ı', "I"));

    private SearchForm() {}

    /** The letters of the whole name; blanks, hyphens and marks are gone. */
    static String of(String name) {
        String marked = Normalizer.normalize(name, Normalizer.Form.NFD);
        var form = new StringBuilder(marked.length() + 4);
        for (int at = 0; at < marked.length(); at++) {
            char letter = marked.charAt(at);
            String mapped = LETTERS.getOrDefault(letter, LETTERS.get(Character.toUpperCase(letter)));
            char upper = letter >= 'a' && letter <= 'z' ? (char) (letter - 32) : letter;
            if (mapped != null) {
                form.append(mapped);
            } else if (upper >= 'A' && upper <= 'Z') {
                form.append(upper).append(mutation(upper, marked, at + 1));
            }
        }
        return form.toString();
    }

    /** The letter that a diaeresis or a ring above adds; other marks may stand before it. */
    private static String mutation(char base, String marked, int from) {
        for (int at = from; at < marked.length() && marked.charAt(at) >= 0x300 && marked.charAt(at) <= 0x36F; at++) {
            if (marked.charAt(at) == DIAERESIS && (base == 'A' || base == 'O' || base == 'U')) {
                return "E";
            }
            if (marked.charAt(at) == RING && base == 'A') {
                return "A";
            }
        }
        return "";
    }

    /** The forms of the parts between blanks. */
    static List<String> parts(String names) {
        var parts = new ArrayList<String>(3);
        for (String name : names.split("\\s+")) {
            String form = of(name);
            if (!form.isEmpty()) {
                parts.add(form);
            }
        }
        return parts;
    }
}
