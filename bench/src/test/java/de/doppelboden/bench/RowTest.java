package de.doppelboden.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTest {

    private static final Row ADDED = new Row("added time", "µs", 100).against(Target.ratioAtMost(2, 1));

    @Test
    void isJudgedByThePeersFigure() {
        assertThat(ADDED.beside("peer", 50).met()).contains(true);
        assertThat(ADDED.beside("peer", 50).aimMet()).contains(false);
        assertThat(ADDED.beside("peer", 40).met()).contains(false);
    }

    /** A difference of two times may come out as nothing, or less. */
    @ParameterizedTest
    @ValueSource(doubles = {0, -163})
    void reachesNothingBesideAPeerWhoseFigureIsNone(double peer) {
        assertThat(ADDED.beside("peer", peer).met()).contains(false);
    }
}
