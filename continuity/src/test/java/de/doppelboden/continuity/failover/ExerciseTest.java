package de.doppelboden.continuity.failover;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Timetable;
import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.feed.Lag;
import de.doppelboden.continuity.journal.Acknowledged;
import de.doppelboden.continuity.journal.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExerciseTest {

    private static final Key OUT = new Key("resident", "1");
    private static final Key HOME = new Key("resident", "2");

    private static Scene quiet() {
        return new Scene(KeyKind.ORDERED).pass(Duration.ofSeconds(5));
    }

    @Test
    void movesUsersAndKeysOfItsSliceAndGivesThemBackWithAProof() {
        var scene = quiet();

        assertThat(scene.prove().action()).isEqualTo(Decision.Action.EXERCISE);
        scene.pass(Duration.ofSeconds(2));
        assertThat(scene.controller.state()).isEqualTo(State.EXERCISING);
        assertThat(scene.way(Scene.MOVE, OUT, "anybody")).isEqualTo(Way.STANDBY);
        assertThat(scene.way(Scene.MOVE, HOME, "anybody")).isEqualTo(Way.PRIMARY);
        assertThat(scene.way(Scene.ACT, OUT, "anybody")).isEqualTo(Way.FORBIDDEN);
        scene.pass(Duration.ofSeconds(30));

        assertThat(scene.controller.state()).isEqualTo(State.NORMAL);
        assertThat(scene.store.ownership.apart()).isEqualTo(Slice.NOBODY);
        assertThat(scene.way(Scene.MOVE, OUT, "anybody")).isEqualTo(Way.PRIMARY);
        assertThat(scene.controller.proven(scene.independence)).isTrue();
        assertThat(scene.controller.save().proof()).hasValueSatisfying(proof -> {
            assertThat(proof.lost()).isZero();
            assertThat(proof.requests()).isGreaterThanOrEqualTo(20);
        });
    }

    @Test
    void readsARecordWhereItIsWrittenWhoeverReadsIt() {
        var scene = quiet();
        scene.prove();
        scene.pass(Duration.ofSeconds(2));
        var inSlice = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(number -> "desk-" + number)
                .filter(scene.service.proof().slice()::has)
                .findFirst()
                .orElseThrow();

        assertThat(scene.way(Scene.SEARCH, null, inSlice)).isEqualTo(Way.STANDBY);
        assertThat(scene.way(Scene.SEARCH, HOME, inSlice)).isEqualTo(Way.PRIMARY);
        assertThat(scene.way(Scene.SEARCH, OUT, "somebody-else")).isEqualTo(Way.STANDBY);
    }

    @Test
    void saysFirstWhatItCouldBreak() {
        assertThat(quiet().prove().reason())
                .contains("10 % of the users", "[resident/1] of the keys", "register.act is refused there");
    }

    @Test
    void isRefusedWithASentenceWhenItWouldDoHarmOrProveNothing() {
        var shared = quiet();
        shared.independence = new Independence(
                Map.of(Independence.Part.STORAGE, "SAN-1"), Map.of(Independence.Part.STORAGE, "SAN-1"));
        var unread = quiet();
        unread.backlog = Optional.empty();
        var behind = quiet();
        behind.feed = new FeedState(
                FeedState.Phase.RUNNING, Optional.of(new Lag(behind.time.wall().minusSeconds(90))), "it is slow");
        var ill = quiet();
        ill.standby = Outcome.FAILED;
        ill.pass(Duration.ofSeconds(10));

        assertThat(shared.prove().reason()).startsWith("no exercise: ").contains("the same [STORAGE]");
        assertThat(unread.prove().reason()).contains("the journal is not empty or cannot be read");
        assertThat(behind.prove().reason()).contains("the standby's data are 90.0 s behind");
        assertThat(ill.prove().reason()).contains("the standby is failed");
        assertThat(ill.controller.state()).isEqualTo(State.NORMAL);
    }

    @Test
    void endsAsSoonAsItsUsersGetWorseThanTheOthers() {
        var scene = quiet();
        scene.prove();
        scene.standbysUsers = Outcome.LATE;

        scene.pass(Duration.ofSeconds(50));

        assertThat(scene.controller.state()).isEqualTo(State.NORMAL);
        assertThat(scene.controller.reason()).contains("its users got worse than the others");
        assertThat(scene.controller.proven(scene.independence)).isFalse();
    }

    @Test
    void waitsForTheJournalBeforeItGivesTheKeysBack() {
        var scene = quiet();
        scene.prove();
        scene.pass(Duration.ofSeconds(5));
        scene.store.open = 1;

        scene.pass(Duration.ofSeconds(40));
        assertThat(scene.controller.state()).isEqualTo(State.EXERCISING);
        assertThat(scene.way(Scene.MOVE, OUT, "anybody")).isIn(Way.STANDBY, Way.HOLD);
        scene.store.open = 0;
        scene.pass(Duration.ofSeconds(5));

        assertThat(scene.controller.state()).isEqualTo(State.NORMAL);
        assertThat(scene.controller.proven(scene.independence)).isTrue();
    }

    @Test
    void disprovesAStandbyThatLostWhatUsersWereToldIsDone() {
        var scene = quiet();
        scene.prove();
        scene.pass(Duration.ofSeconds(40));
        assertThat(scene.controller.proven(scene.independence)).isTrue();

        scene.acknowledged = Optional.of(new Acknowledged(3, 1));
        scene.prove();
        scene.pass(Duration.ofSeconds(40));

        assertThat(scene.controller.proven(scene.independence)).isFalse();
        assertThat(scene.controller.save().proof())
                .hasValueSatisfying(proof -> assertThat(proof.lost()).isOne());
        assertThat(scene.controller.reason()).contains("of 3 acts", "lacks 1");
    }

    @Test
    void looksInTheJournalForExactlyWhatUsersWereTold() {
        var scene = quiet();
        scene.controller.acknowledged("before");
        scene.prove();
        scene.pass(Duration.ofSeconds(3));
        scene.controller.acknowledged("form-1");
        scene.controller.acknowledged("form-1");
        scene.acknowledged = Optional.empty();

        scene.pass(Duration.ofSeconds(30));

        assertThat(scene.controller.promised())
                .hasValueSatisfying(keys -> assertThat(keys).containsExactly("form-1"));
        assertThat(scene.controller.state()).isEqualTo(State.EXERCISING);
    }

    @Test
    void givesWayToARealFailover() {
        var scene = quiet();
        scene.prove();
        scene.pass(Duration.ofSeconds(3));
        scene.primary = Outcome.NONE;

        scene.pass(Duration.ofSeconds(10));

        assertThat(scene.controller.state()).isEqualTo(State.ON_STANDBY);
        assertThat(scene.store.ownership.owner()).isEqualTo(Side.STANDBY);
        assertThat(scene.store.ownership.apart()).isEqualTo(Slice.NOBODY);
    }

    @Test
    void isOverAfterARestartAndItsKeysGoBack() {
        var scene = quiet();
        scene.prove();
        scene.pass(Duration.ofSeconds(3));
        var saved = scene.controller.save();
        assertThat(saved.state()).isEqualTo(State.EXERCISING);

        var again = new Scene(KeyKind.ORDERED, Mode.AUTOMATIC, Optional.empty(), Optional.of(saved));
        again.store.ownership = scene.store.ownership;
        again.pass(Duration.ofSeconds(3));

        assertThat(again.controller.state()).isEqualTo(State.NORMAL);
        assertThat(again.store.ownership.apart()).isEqualTo(Slice.NOBODY);
    }

    @Test
    void beginsByTheClockAndProvesTheStandbyAnewBeforeItsProofExpires() {
        var table = new Timetable(Duration.ofMinutes(5), LocalTime.NOON, ZoneOffset.UTC);
        var scene = new Scene(KeyKind.ORDERED, Mode.AUTOMATIC, Optional.of(table)).pass(Duration.ofMinutes(4));
        assertThat(scene.controller.save().proof()).isEmpty();

        scene.pass(Duration.ofMinutes(2));
        var first = scene.controller.save().proof().orElseThrow();
        scene.pass(Duration.ofMinutes(6));

        assertThat(scene.controller.save().proof().orElseThrow().at()).isAfter(first.at());
        assertThat(scene.controller.save().nextExercise())
                .hasValueSatisfying(at -> assertThat(at).isAfter(scene.time.wall()));
    }

    @Test
    void isNotBegunByTheClockWhereTheServiceMayNotAct() {
        var table = Optional.of(new Timetable(Duration.ofMinutes(1), LocalTime.NOON, ZoneOffset.UTC));

        for (var mode : new Mode[] {Mode.OBSERVE, Mode.PAUSED}) {
            var scene = new Scene(KeyKind.ORDERED, mode, table).pass(Duration.ofMinutes(3));
            assertThat(scene.controller.details().get("exercise")).contains("no exercise since the start");
        }
    }

    @Test
    void aRefusedOneIsTriedAgainByTheClock() {
        var table = new Timetable(Duration.ofDays(7), LocalTime.of(9, 1), ZoneOffset.UTC);
        var scene = new Scene(KeyKind.ORDERED, Mode.AUTOMATIC, Optional.of(table));
        scene.backlog = Optional.of(new Backlog(1, 0, 0));

        scene.pass(Duration.ofSeconds(90));
        assertThat(scene.controller.save().proof()).isEmpty();
        scene.backlog = Optional.of(Backlog.EMPTY);
        scene.pass(Duration.ofMinutes(62));

        assertThat(scene.controller.save().proof()).isPresent();
    }

    @Test
    void theTimetableKeepsToItsTimeOfDay() {
        var table = new Timetable(Duration.ofDays(7), LocalTime.of(6, 30), ZoneOffset.UTC);
        var monday = Instant.parse("2019-09-23T06:30:00Z");

        assertThat(table.first(monday.plusSeconds(1))).isEqualTo(Instant.parse("2019-09-24T06:30:00Z"));
        assertThat(table.afterHeld(monday.plusSeconds(120))).isEqualTo(Instant.parse("2019-09-30T06:30:00Z"));
        assertThat(table.afterNothing(monday)).isEqualTo(monday.plus(Duration.ofHours(1)));
        assertThat(table.afterHarm(monday)).isEqualTo(Instant.parse("2019-09-24T06:30:00Z"));
        assertThat(table.notLaterThanNext(Instant.parse("2029-01-01T00:00:00Z"), monday))
                .isEqualTo(Instant.parse("2019-09-30T06:30:00Z"));
    }
}
