package de.doppelboden.city.replay;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.city.people.Diary;
import de.doppelboden.city.people.Diary.Acknowledged;
import de.doppelboden.city.people.Diary.Attempt;
import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Request;
import de.doppelboden.city.replay.Auditor.Deferred;
import de.doppelboden.city.replay.Recorded.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditorTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long UNTIL = 100 * SECOND;

    private final Diary diary = new Diary();
    private final List<Order> recorded = new ArrayList<>();
    private final List<Deferred> worklist = new ArrayList<>();

    @Test
    void findsWhatWasAcknowledgedAndIsNowhere() {
        acknowledged(1, "umzug", 11, "Fall 00001", "a");
        acknowledged(2, "umzug", 12, "Fall 00002", "b");
        acknowledged(3, "zuzug", 0, "Fall 00003", "c");
        recorded.add(new Order("a", "umzug", 11, "{\"addition\": \"Fall 00001\"}"));
        worklist.add(new Deferred("c", "register.immigrate", "{}", "", false));

        assertThat(auditor().lost()).extracting(Acknowledged::number).containsExactly(2);
        assertThat(figures().lost()).isEqualTo(1);
        assertThat(figures().acknowledged()).isEqualTo(3);
        assertThat(figures().worklist()).isEqualTo(1);
    }

    @Test
    void findsWhatWasRecordedTwiceForOneCaseThoughTheFormsHadDifferentKeys() {
        attempted(1, "umzug", 11, "Fall 00001", "a");
        attempted(1, "umzug", 11, "Fall 00001", "b");
        attempted(2, "personenstand", 12, "Fall 00002", "c");
        attempted(3, "sperre", 13, "Fall 00003", "e");
        recorded.add(new Order("a", "umzug", 11, "Fall 00001"));
        recorded.add(new Order("b", "umzug", 11, "Fall 00001"));
        recorded.add(new Order("c", "personenstand", 12, "Eheschließung"));
        recorded.add(new Order("d", "personenstand", 12, "Eheschließung"));
        recorded.add(new Order("e", "sperre", 13, "Gefahr, Az. Fall 00003"));

        assertThat(auditor().doubled()).containsExactly(1, 2);
    }

    @Test
    void countsAnAcknowledgedFormAsLostWhenOnlyAnotherCasesEntryIsThere() {
        acknowledged(1, "umzug", 11, "Fall 00001", "a");
        recorded.add(new Order("z", "umzug", 11, "Fall 00009"));

        assertThat(auditor().lost()).hasSize(1);
    }

    @Test
    void findsABlockedPersonBeforeSomebodyWithoutTheRightFromTheMomentOfTheBlock() {
        diary.write(new Acknowledged(1, "sperre", 11, "Fall 00001", "a", false, 10 * SECOND));
        request(1, 9 * SECOND, Got.GOOD, "primary", false, 11);
        request(2, 11 * SECOND, Got.GOOD, "standby", false, 11, 12);
        request(3, 11 * SECOND, Got.GOOD, "standby", true, 11);
        request(4, 11 * SECOND, Got.GOOD, "standby", false, 77);

        assertThat(figures().blockedShown()).isEqualTo(2);
    }

    @Test
    void measuresFromTheFirstLimpingRequestToTheFirstTwoGoodSeconds() {
        for (int tenth = 0; tenth < 80; tenth++) {
            boolean limps = tenth >= 3 && tenth < 14;
            long began = 20 * SECOND + tenth * SECOND / 10;
            request(
                    tenth,
                    began,
                    limps ? began + SECOND + SECOND / 2 : began + SECOND / 50,
                    limps ? Got.LATE : Got.GOOD);
        }

        assertThat(figures().timeToGoodMs()).isBetween(2_500L, 2_700L);
    }

    @Test
    void neverCallsItGoodWhileSomethingHangs() {
        request(1, 21 * SECOND, 60 * SECOND, Got.FAILED);
        for (int tenth = 0; tenth < 100; tenth++) {
            request(2, 20 * SECOND + tenth * SECOND / 10, 20 * SECOND + tenth * SECOND / 10 + 1, Got.GOOD);
        }

        assertThat(figures().timeToGoodMs()).isNull();
    }

    @Test
    void countsTheChangesOfSideBeyondThereAndBack() {
        String[] sides = {"primary", "standby", "none", "standby", "primary", "standby", "primary"};
        for (int i = 0; i < sides.length; i++) {
            request(1, i * SECOND, Got.GOOD, sides[i], false);
            request(2, i * SECOND, Got.GOOD, i > 3 ? "standby" : "primary", false);
        }

        assertThat(figures().excessSwitches()).isEqualTo(2);
    }

    @Test
    void addsUpTheMinutesInWhichADeskHadNothing() {
        request(1, 10 * SECOND, 20 * SECOND, Got.FAILED);
        request(1, 25 * SECOND, 26 * SECOND, Got.FAILED);
        request(1, 40 * SECOND, 40 * SECOND + 1, Got.GOOD);
        request(2, 70 * SECOND, 71 * SECOND, Got.FAILED);

        assertThat(figures().lostUserMinutes()).isEqualTo((30 + 30) / 60.0);
    }

    private Auditor auditor() {
        return new Auditor(diary, new Recorded(recorded, Set.of(77L)), worklist, 0, UNTIL);
    }

    private Figures figures() {
        return auditor().figures(20 * SECOND, new Auditor.Outside(0, 0, null));
    }

    private void acknowledged(int number, String errand, long om, String mark, String vorgang) {
        diary.write(new Acknowledged(number, errand, om, mark, vorgang, true, SECOND));
    }

    private void attempted(int number, String errand, long om, String mark, String vorgang) {
        diary.write(new Attempt(number, errand, om, mark, vorgang, SECOND));
    }

    private void request(int desk, long began, long ended, Got got) {
        diary.write(new Request(desk, "suche", began, ended, got, "primary", false, List.of()));
    }

    private void request(int desk, long began, Got got, String side, boolean seesBlocked, long... shown) {
        List<Long> persons = Arrays.stream(shown).boxed().toList();
        diary.write(new Request(desk, "suche", began, began + 1, got, side, seesBlocked, persons));
    }
}
