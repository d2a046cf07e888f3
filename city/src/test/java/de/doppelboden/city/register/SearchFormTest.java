package de.doppelboden.city.register;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchFormTest {

    @ParameterizedTest
    @CsvSource({
        "Müller, MUELLER",
        "Weiß, WEISS",
        "Sørensen, SOERENSEN",
        "Åkesson, AAKESSON",
        "Łuczak, LUCZAK",
        "Nguyễn, NGUYEN",
        "Đặng, DANG",
        "Yılmaz, YILMAZ",
        "İbrahim, IBRAHIM",
        "Þorsteinsson, THORSTEINSSON",
        "Růžička, RUZICKA",
        "Őzse, OZSE",
        "Ǘ, UE",
        "van der Meer-Groß, VANDERMEERGROSS",
        "Œuvre, OEUVRE",
        "Ķēniņš, KENINS"
    })
    void keepsOnlyTheLettersAToZ(String name, String form) {
        assertThat(SearchForm.of(name)).isEqualTo(form);
    }

    @Test
    void splitsForenamesAtBlanksOnly() {
        assertThat(SearchForm.parts("Anna-Lena  Éva")).containsExactly("ANNALENA", "EVA");
    }
}
