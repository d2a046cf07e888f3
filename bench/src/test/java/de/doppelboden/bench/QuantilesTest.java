package de.doppelboden.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Test
    void takesTheFigureThatTheShareOfAllDoesNotExceed() {
        Quantiles hundred = Quantiles.of(IntStream.rangeClosed(1, 100).boxed().toList());

        assertThat(hundred.at(0.5)).isEqualTo(50);
        assertThat(hundred.at(0.95)).isEqualTo(95);
        assertThat(hundred.at(1)).isEqualTo(100);
        assertThat(hundred.count()).isEqualTo(100);
    }

    @Test
    void doesNotCareForTheOrderInWhichFiguresCame() {
        assertThat(Quantiles.of(List.of(9, 1, 5)).at(0.5)).isEqualTo(5);
    }

    @Test
    void hasNoFigureWithoutFigures() {
        assertThat(Quantiles.of(List.<Double>of()).at(0.95)).isNaN();
        assertThat(Quantiles.median(new double[0])).isNaN();
    }

    @Test
    void refusesWhatIsNoShare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantiles.of(List.of(1)).at(95));
    }

    @Test
    void takesTheMiddleOrWhatIsHalfWayBetweenTwo() {
        assertThat(Quantiles.median(3, 1, 2)).isEqualTo(2);
        assertThat(Quantiles.median(4, 1, 2, 3)).isEqualTo(2.5);
    }
}
