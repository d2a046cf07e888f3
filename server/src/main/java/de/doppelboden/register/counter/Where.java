package de.doppelboden.register.counter;

import de.doppelboden.register.NameMatch;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Conditions that must all hold, with their values in the order of the question marks. */
final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    Where and(String condition, String... filledIn) {
        conditions.add(condition);
        values.addAll(List.of(filledIn));
        return this;
    }

    Where equal(String column, String value) {
        return value.isEmpty() ? this : and(column + " = ?", value);
    }

    /** A column of search words against a word with wildcards; a plain beginning is found by the index. */
    Where word(String column, String word) {
        var literal = Question.literal(word);
        if (literal.equals(word)) {
            return and(column + " = ?", word);
        }
        if (!literal.isEmpty()) {
            and(column + " >= ? and " + column + " < ?", literal, literal + "[");
        }
        return word.equals(literal + "*") ? this : and(column + " ~ ?", "^" + NameMatch.regex(word) + "$");
    }

    /** A column of several words parted by blanks, one of which must meet the word. */
    Where oneOf(String column, List<String> words) {
        for (var word : words) {
            and(column + " ~ ?", "(^| )" + NameMatch.regex(word) + "( |$)");
        }
        return this;
    }

    Where all(Where other) {
        conditions.addAll(other.conditions);
        values.addAll(other.values);
        return this;
    }

    /** The values alone, when the conditions stand inside another condition. */
    Where valuesOnly() {
        var only = new Where();
        only.values.addAll(values);
        return only;
    }

    void fill(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setString(i + 1, values.get(i));
        }
    }

    String sql() {
        return String.join(" and ", conditions);
    }
}
