package de.doppelboden.register.counter;

import de.doppelboden.register.NameMatch;
import de.doppelboden.register.SearchForm;
import java.util.Comparator;
import java.util.List;

/**
 * What a clerk searches by, in search form.
 *
 * @param family words that must each be a word of one of her names, in any order; * and ? stand for letters of one word
 * @param given words that must each be one of her forenames
 * @param born YYYY-MM-DD, unknown parts 00; empty: any
 */
record Question(List<String> family, List<String> given, String born) {

    private static final int LEAST_LETTERS = 2;

    static Question of(String familyName, String forenames, String born) {
        return new Question(
                NameMatch.words(SearchForm.pattern(familyName)), NameMatch.words(SearchForm.pattern(forenames)), born);
    }

    /** Whether it narrows enough to be answered quickly and not to list the whole register. */
    boolean precise() {
        boolean byName = !family.isEmpty() && literal(driver()).length() >= LEAST_LETTERS;
        return byName || (!born.isEmpty() && !(family.isEmpty() && given.isEmpty()));
    }

    /** The same question for names that begin so; nothing new if it has a wildcard already. */
    Question beginningSo() {
        return new Question(beginning(family), beginning(given), born);
    }

    /** The word to look up in the index: the one with the longest beginning without wildcard. */
    String driver() {
        return family.stream()
                .max(Comparator.comparingInt(word -> literal(word).length()))
                .orElse("");
    }

    /** The beginning of a word up to its first wildcard. */
    static String literal(String word) {
        int wildcard = 0;
        while (wildcard < word.length() && word.charAt(wildcard) != '*' && word.charAt(wildcard) != '?') {
            wildcard++;
        }
        return word.substring(0, wildcard);
    }

    private static List<String> beginning(List<String> words) {
        return words.stream()
                .map(word -> word.endsWith("*") ? word : word + "*")
                .toList();
    }
}
