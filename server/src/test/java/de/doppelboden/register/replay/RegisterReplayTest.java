package de.doppelboden.register.replay;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.continuity.journal.Reconciliation;
import de.doppelboden.register.RegisterOrder;
import de.doppelboden.register.RegisterOrder.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegisterReplayTest {

    private static final String KEY = "0b9f7a3c-6a4e-4f0e-9f43-1d1d5d5d5d01";

    private FakePrimary primary;
    private RegisterReplay replay;

    @BeforeEach
    void start() throws Exception {
        primary = new FakePrimary();
        replay = new RegisterReplay(primary.uri(), "secret", Duration.ofMillis(800));
    }

    @AfterEach
    void stop() {
        replay.close();
        primary.close();
    }

    @Test
    void carriesAMoveOutWithItsKeyBaseAndTimeOfReceipt() {
        assertThat(replay.apply(move("7"))).isEqualTo(new Reconciliation.Applied("order 100, version 8"));
        assertThat(primary.carriedOut).containsKey(KEY);
        assertThat(primary.seen.getFirst())
                .contains(
                        "\"art\":\"umzug\"", "\"stand\":\"7\"", "\"strasse\":\"Am Wall\"", "\"einzug\":\"2019-09-01\"")
                .contains("\"eingang\":\"2019-09-24T09:05:12Z\"", "\"sachbearbeiter\":\"m.muster\"");
    }

    @Test
    void saysSoWhenThePrimaryHasItAlready() {
        replay.apply(move("7"));

        assertThat(replay.apply(move("7"))).isEqualTo(new Reconciliation.AlreadyApplied("order 100, version 8"));
        assertThat(primary.carriedOut).hasSize(1);
    }

    @Test
    void bringsBothVersionsOfAConflict() {
        primary.stand = 9;

        assertThat(replay.apply(move("7"))).isInstanceOfSatisfying(Reconciliation.Conflict.class, conflict -> {
            assertThat(conflict.primaryVersion()).contains("Anders");
            assertThat(conflict.journalVersion()).contains("Am Wall");
        });
    }

    @Test
    void appliesToThePresentRecordWhatAPersonDecided() {
        primary.stand = 9;

        assertThat(replay.apply(entry(order("7"), EntryState.DECIDED_APPLY)))
                .isInstanceOf(Reconciliation.Applied.class);
        assertThat(primary.seen.getFirst()).contains("\"stand\":\"9\"");
    }

    @Test
    void aDecisionOutlivesAnAttemptThatCameToNothing() {
        primary.stand = 9;
        var decided = entry(order("7"), EntryState.TRYING);
        var again = new JournalEntry(
                decided.number(),
                decided.idempotencyKey(),
                decided.operation(),
                decided.key(),
                JournalEntry.ANY_VERSION,
                decided.payload(),
                decided.actor(),
                decided.office(),
                decided.at(),
                decided.state(),
                decided.epoch());

        assertThat(replay.apply(again)).isInstanceOf(Reconciliation.Applied.class);
    }

    @Test
    void asksForAKeyAsItIsWritten() {
        assertThat(replay.lookUp(entry("7", "a b/../%00{x}"))).isInstanceOf(Reconciliation.Absent.class);
    }

    @Test
    void basesAnActOnTheOneBeforeIt() {
        primary.carriedOut.put("earlier", "{\"auftrag\":\"5\",\"stand\":\"12\"}");
        primary.stand = 12;

        assertThat(replay.apply(move("7+earlier"))).isInstanceOf(Reconciliation.Applied.class);
        primary.stand = 7;
        assertThat(replay.apply(entry("7+never-carried-out", "another"))).isInstanceOf(Reconciliation.Applied.class);
    }

    @Test
    void doesNotKnowWhenTheAnswerIsLostAndReadsBack() {
        primary.mood = FakePrimary.Mood.CARRIES_OUT_AND_LOSES_THE_ANSWER;
        assertThat(replay.apply(move("7"))).isInstanceOf(Reconciliation.Unknown.class);

        primary.mood = FakePrimary.Mood.WELL;
        assertThat(replay.lookUp(move("7"))).isEqualTo(new Reconciliation.AlreadyApplied("order 100, version 8"));
    }

    @Test
    void aConflictWithItselfIsNone() {
        primary.mood = FakePrimary.Mood.CARRIES_OUT_THE_FORM_MEANWHILE;

        assertThat(replay.apply(move("7"))).isEqualTo(new Reconciliation.AlreadyApplied("order 100, version 8"));
    }

    @Test
    void readsBackThatALostOrderWasNeverCarriedOut() {
        primary.mood = FakePrimary.Mood.LOSES_THE_ORDER;
        assertThat(replay.apply(move("7"))).isInstanceOf(Reconciliation.Unknown.class);

        assertThat(replay.lookUp(move("7"))).isInstanceOf(Reconciliation.Absent.class);
    }

    @Test
    void sendsAnOrderOnceOnlyWhenThePrimaryHangs() {
        primary.mood = FakePrimary.Mood.CARRIES_OUT_AND_HANGS;
        var begin = System.nanoTime();

        assertThat(replay.apply(move("7"))).isInstanceOf(Reconciliation.Unknown.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(primary.seen).hasSize(1);
    }

    @Test
    void doesNotBelieveAnErrorPageWithStatus200() {
        primary.mood = FakePrimary.Mood.LIES;

        assertThat(replay.apply(move("7"))).isInstanceOf(Reconciliation.Unknown.class);
        assertThat(replay.lookUp(move("7"))).isInstanceOf(Reconciliation.RetryLater.class);
    }

    @Test
    void triesLaterWhenThePrimaryIsBusyOrNotThere() {
        primary.mood = FakePrimary.Mood.BUSY;
        assertThat(replay.apply(move("7"))).isInstanceOf(Reconciliation.RetryLater.class);
        primary.mood = FakePrimary.Mood.BREAKS;
        assertThat(replay.apply(move("7"))).isInstanceOf(Reconciliation.Unknown.class);

        try (var nowhere = new RegisterReplay(URI.create("http://127.0.0.1:1"), "secret", Duration.ofSeconds(1))) {
            assertThat(nowhere.apply(move("7"))).isInstanceOf(Reconciliation.RetryLater.class);
            assertThat(nowhere.lookUp(move("7"))).isInstanceOf(Reconciliation.RetryLater.class);
        }
    }

    @Test
    void takesAWrongTokenForSomethingThatPasses() {
        try (var wrong = new RegisterReplay(primary.uri(), "wrong", Duration.ofSeconds(1))) {
            assertThat(wrong.apply(move("7"))).isInstanceOf(Reconciliation.RetryLater.class);
        }
    }

    @Test
    void cannotLookUpAFormWithoutKey() {
        assertThat(replay.lookUp(entry("7", "unkeyed-1"))).isInstanceOf(Reconciliation.Unknown.class);
    }

    private static JournalEntry move(String base) {
        return entry(base, KEY);
    }

    private static JournalEntry entry(String base, String key) {
        return entry(order(base), EntryState.OPEN, key);
    }

    private static JournalEntry entry(RegisterOrder order, EntryState state) {
        return entry(order, state, KEY);
    }

    private static JournalEntry entry(RegisterOrder order, EntryState state, String key) {
        return new JournalEntry(
                1,
                key,
                order.kind().operation(),
                new Key("resident", order.om()),
                order.base(),
                order.json(),
                "a",
                order.office(),
                order.received(),
                state,
                7);
    }

    private static RegisterOrder order(String base) {
        return new RegisterOrder(
                Kind.MOVE,
                "4711",
                base,
                Map.of(
                        "strasse",
                        "Am Wall",
                        "hausnummer",
                        "3",
                        "zusatz",
                        "",
                        "plz",
                        "20095",
                        "ort",
                        "Hamburg",
                        "einzug",
                        "2019-09-01"),
                "m.muster",
                "Bürgeramt Nord",
                Instant.parse("2019-09-24T09:05:12Z"));
    }
}
