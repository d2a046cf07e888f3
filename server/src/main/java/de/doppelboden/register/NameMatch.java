package de.doppelboden.register;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Which query meets which stored name, by the rules of the annex of BMeldDAV 2021. */
public final class NameMatch {

    private NameMatch() {}

    /** The whole name, word for word ("Neuenwalde" does not meet "Graf von Neuenwalde"). */
    public static boolean whole(String stored, String query) {
        return SearchForm.of(stored).equals(SearchForm.of(query));
    }

    /** Every word of the query is a word of the name, in any order; {@code *} and {@code ?} stand for letters of one word. */
    public static boolean parts(String stored, String query) {
        var words = new ArrayList<>(words(SearchForm.of(stored)));
        for (var word : words(SearchForm.pattern(query))) {
            var pattern = Pattern.compile(regex(word));
            int met = 0;
            while (met < words.size() && !pattern.matcher(words.get(met)).matches()) {
                met++;
            }
            if (met == words.size()) {
                return false;
            }
            words.remove(met);
        }
        return true;
    }

    /** The words of a search form. */
    public static List<String> words(String form) {
        return form.isEmpty() ? List.of() : List.of(form.split(" "));
    }

    /** A word of a pattern as a regular expression; the same for Java and for PostgreSQL. */
    public static String regex(String word) {
        return word.replace("*", "[A-Z0-9]*").replace("?", "[A-Z0-9]");
    }
}
