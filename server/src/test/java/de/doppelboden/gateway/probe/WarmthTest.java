package de.doppelboden.gateway.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmthTest {

    private final Warmth warmth = new Warmth();

    @Test
    void isAskedCloselyUntilEachPageHasBeenMadeAFewHundredTimes() {
        serve(1_000);
        assertThat(warmth.canBeWarmed()).isTrue();
        serve(1_000);
        assertThat(warmth.canBeWarmed()).isFalse();
    }

    @Test
    void isNotWarmedByWhatItRefuses() {
        assertThat(warmth.canBeWarmed()).isFalse();
        serve(1);
        warmth.refused();
        assertThat(warmth.canBeWarmed()).isFalse();
        serve(1);
        assertThat(warmth.canBeWarmed()).isTrue();
    }

    @Test
    void beginsAnewWithANewProcess() {
        serve(2_000);
        warmth.unreachable();
        serve(1);

        assertThat(warmth.canBeWarmed()).isTrue();
    }

    private void serve(int pages) {
        for (int i = 0; i < pages; i++) {
            warmth.served();
        }
    }
}
