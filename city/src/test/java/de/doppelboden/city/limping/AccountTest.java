package de.doppelboden.city.limping;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.city.limping.Visit.Outcome;
import de.doppelboden.city.limping.Visit.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final Plan PLAN = new Plan(1, 10, 10, 30, 0.04);

    private final List<Visit> visits = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();

    @Test
    void holdsWhatPeopleWereToldAgainstWhatWasCarriedOut() {
        sent(1, Outcome.SERVED, Told.DONE);
        sent(2, Outcome.SERVED, Told.DONE);
        sent(3, Outcome.SERVED, Told.DONE);
        sent(4, Outcome.SENT_AWAY, Told.REFUSED);
        sent(5, Outcome.UNCLEAR, Told.NOTHING);
        sent(6, Outcome.UNCLEAR, Told.NOTHING);
        sent(7, Outcome.SERVED, null);

        Account account = account(Map.of(1, 1, 3, 2, 4, 1, 5, 1));

        assertThat(account.acknowledged()).isEqualTo(3);
        assertThat(account.lost()).isEqualTo(1);
        assertThat(account.doubled()).isEqualTo(1);
        assertThat(account.contradicted()).isEqualTo(1);
        assertThat(account.unclearDone()).isEqualTo(1);
        assertThat(account.people(Outcome.UNCLEAR)).isEqualTo(2);
    }

    @Test
    void seesWhenUsersLeftCameBackTooEarlyAndForGood() {
        seen(9, true);
        seen(11.5, false);
        seen(20, true);
        seen(21, false);
        seen(40, true);
        seen(41, true);

        Account account = account(Map.of());

        assertThat(account.left()).hasValue(11.5);
        assertThat(account.returnsWhileLimping()).isEqualTo(1);
        assertThat(account.back()).hasValue(40);
    }

    @Test
    void whoNeverLeftDidNotComeBack() {
        seen(9, true);
        seen(15, true);
        seen(40, true);

        assertThat(account(Map.of()).left()).isEmpty();
        assertThat(account(Map.of()).back()).isEmpty();
    }

    @Test
    void knowsThatItDidNotLookAllTheTime() {
        for (double second = 9; second < 31; second += 0.5) {
            seen(second, true);
        }

        assertThat(account(Map.of()).watched()).isTrue();
        samples.removeIf(sample -> sample.second() > 15 && sample.second() < 17);
        assertThat(account(Map.of()).watched()).isFalse();
    }

    private void sent(int person, Outcome outcome, @Nullable Told told) {
        visits.add(new Visit(person, Errand.MAIL, outcome, List.of(), told));
    }

    private void seen(double second, boolean primaryServes) {
        var view = new View.Floor(primaryServes, primaryServes, primaryServes ? "NORMAL" : "ON_STANDBY", "");
        samples.add(new Sample(second, 200, 1, 0, 0, view));
    }

    private Account account(Map<Integer, Integer> carriedOut) {
        return new Account("floor", PLAN, 0, visits, List.of(), samples, List.of(), List.of(), carriedOut);
    }
}
