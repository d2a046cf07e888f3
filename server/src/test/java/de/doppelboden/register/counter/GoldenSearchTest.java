package de.doppelboden.register.counter;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import de.doppelboden.register.SearchForm;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cases of the annex of BMeldDAV 2021, asked of the copy itself: what the SQL finds, not what a rule says. */
class GoldenSearchTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle", "register");

    private final CopyReader copy = new CopyReader(DATABASE.database().dataSource());
    private final Map<String, String> residents = new LinkedHashMap<>();

    @Test
    void findsWhatTheRegulationSaysAndNothingElse() throws Exception {
        var wrong = new ArrayList<String>();
        int cases = 0;
        for (var line : cases()) {
            var column = line.split("\t");
            boolean surname = column[1].endsWith("surname");
            var om = resident(surname ? column[2] : "Beispiel", surname ? "Eva" : column[2]);
            var question = surname
                    ? Question.of(column[3], "", "1980-01-01")
                    : Question.of("Beispiel", column[3], "1980-01-01");
            var hits = copy.search(question, "nobody");
            boolean found = !hits.beginning() && hits.residents().stream().anyMatch(r -> r.om().equals(om));
            cases++;
            if (found != column[4].equals("ja")) {
                wrong.add(line);
            }
        }

        assertThat(cases).isEqualTo(61);
        assertThat(wrong).isEmpty();
    }

    /** The free search, which is the counter's; the search for a person asks for the whole name. */
    private static List<String> cases() throws Exception {
        try (var in = SearchForm.class.getResourceAsStream("bmelddav_golden.tsv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.matches("frei\t(wild)?(sur|fore)name\t.*"))
                    .toList();
        }
    }

    private String resident(String family, String forenames) throws SQLException {
        var known = residents.get(family + "|" + forenames);
        if (known != null) {
            return known;
        }
        var om = String.valueOf(100 + residents.size());
        residents.put(family + "|" + forenames, om);
        var sql = """
                with r as (insert into register.resident (om, stand, geaendert, xid, familienname, vornamen, geburtsdatum,
                               auskunftssperre, familienname_suche, geburtsname_suche, fruehere_suche, vornamen_suche)
                           values (?, 1, now(), 1, ?, ?, '1980-01-01', false, ?, '', '', ?) returning *)
                insert into register.resident_name (part, kind, word, whole, given, born, om)
                select n.part, n.kind, n.word, n.whole, r.vornamen_suche, r.geburtsdatum, r.om
                from r cross join lateral register.name_parts(r.familienname_suche, '', '') n""";
        try (var connection = DATABASE.database().connection();
                var insert = connection.prepareStatement(sql)) {
            insert.setString(1, om);
            insert.setString(2, family);
            insert.setString(3, forenames);
            insert.setString(4, SearchForm.of(family));
            insert.setString(5, SearchForm.of(forenames));
            insert.executeUpdate();
        }
        return om;
    }
}
