package de.doppelboden.continuity.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HedgeBudgetTest {

    private static int spent(HedgeBudget budget, int requests) {
        var spent = 0;
        for (var request = 0; request < requests; request++) {
            budget.earn();
            spent += budget.spend() ? 1 : 0;
        }
        return spent;
    }

    @Test
    void spendsItsShareOfAllRequestsAndWhatItHadSaved() {
        assertThat(spent(new HedgeBudget(50, 100), 10_000)).isBetween(500 + 99, 500 + 100);
    }

    @Test
    void savesNoMoreThanABurst() {
        var budget = new HedgeBudget(50, 100);
        for (var request = 0; request < 100_000; request++) {
            budget.earn();
        }

        var atOnce = 0;
        while (budget.spend()) {
            atOnce++;
        }
        assertThat(atOnce).isEqualTo(100);
    }

    @Test
    void mayHaveAnotherShareFromNowOn() {
        var budget = new HedgeBudget(50, 100);
        spent(budget, 10_000);
        budget.share(100);

        assertThat(spent(budget, 10_000)).isBetween(999, 1_001);
    }
}
