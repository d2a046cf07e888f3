package de.doppelboden.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SearchFormTest {

    @Test
    void writesGermanLettersAsTheirTwoLetters() {
        assertThat(SearchForm.of("Müller-Lüdenscheidt")).isEqualTo("MUELLERLUEDENSCHEIDT");
        assertThat(SearchForm.of("  Weiß  von der  Straße ")).isEqualTo("WEISS VON DER STRASSE");
    }

    @Test
    void readsComposedAndDecomposedLettersAlike() {
        assertThat(SearchForm.of("Mu\u0308ller")).isEqualTo(SearchForm.of("Müller"));
        assertThat(SearchForm.of("C\u0328\u0306")).isEqualTo("C");
        assertThat(SearchForm.of("k\u035fhan")).isEqualTo("KHAN");
    }

    @Test
    void dropsWhatIsNoLetter() {
        assertThat(SearchForm.of("O'Connor")).isEqualTo("OCONNOR");
        assertThat(SearchForm.of("+")).isEmpty();
        assertThat(SearchForm.of("<b>'; drop table--")).isEqualTo("B DROP TABLE");
    }

    @Test
    void knowsTheLettersOfTheStandardOnly() {
        assertThat(SearchForm.knowsAllLetters("Nguyễn-Škvorecký 12 b")).isTrue();
        assertThat(SearchForm.knowsAllLetters("Владимир")).isFalse();
        assertThat(SearchForm.knowsAllLetters("a\u0363")).isFalse();
        assertThat(SearchForm.knowsAllLetters("\ud83d\ude00 Anna")).isTrue();
    }

    @Test
    void meetsEveryGoldenCaseOfNames() throws IOException {
        var wrong = new ArrayList<String>();
        int cases = 0;
        for (var line : goldenCases()) {
            var column = line.split("\t");
            if (!List.of("surname", "stage", "forename", "wildsurname", "wildforename")
                    .contains(column[1])) {
                continue;
            }
            cases++;
            boolean whole = column[0].equals("person") && !column[1].equals("forename");
            boolean met = whole ? NameMatch.whole(column[2], column[3]) : NameMatch.parts(column[2], column[3]);
            if (met != column[4].equals("ja")) {
                wrong.add(line);
            }
        }

        assertThat(cases).isEqualTo(115);
        assertThat(wrong).isEmpty();
    }

    static List<String> goldenCases() throws IOException {
        try (var in = SearchFormTest.class.getResourceAsStream("bmelddav_golden.tsv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
