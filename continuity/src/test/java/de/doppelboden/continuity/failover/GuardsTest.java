package de.doppelboden.continuity.failover;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.GateSettings;
import de.doppelboden.continuity.GuardSettings;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.SteppedTime;
import de.doppelboden.continuity.feed.FeedChange;
import de.doppelboden.continuity.feed.FeedGuard;
import de.doppelboden.continuity.ownership.Permit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stops a change that would take the second floor away: the guard of the feed, and the gate of changes. */
class GuardsTest {

    private final SteppedTime time = new SteppedTime();
    private final FeedGuard guard = new FeedGuard(GuardSettings.DEFAULT, time);

    private Decision.Action deleted(long number) {
        return guard.check(new FeedChange(30_000, 0, 0, number, 0, 0), Optional.empty())
                .action();
    }

    @Test
    void anOrdinaryBatchPasses() {
        assertThat(deleted(40)).isEqualTo(Decision.Action.RELEASE);
        assertThat(guard.asking()).isFalse();
    }

    @Test
    void aMassDeletionIsHeldUntilAPersonSaysThatItIsMeant() {
        assertThat(deleted(400)).isEqualTo(Decision.Action.HOLD);
        assertThat(guard.asking()).isTrue();

        guard.accept("person");

        assertThat(deleted(400)).isEqualTo(Decision.Action.RELEASE);
        assertThat(deleted(400)).as("a yes holds once").isEqualTo(Decision.Action.HOLD);
    }

    @Test
    void aYesThatNobodyAskedForLetsNothingThrough() {
        guard.accept("person");

        assertThat(deleted(400)).isEqualTo(Decision.Action.HOLD);
    }

    @Test
    void manySmallDeletionsWithinTheWindowAreAMassDeletion() {
        for (var i = 0; i < 5; i++) {
            assertThat(deleted(30)).isEqualTo(Decision.Action.RELEASE);
        }
        assertThat(deleted(30)).isEqualTo(Decision.Action.HOLD);

        time.pass(Duration.ofHours(1).plusSeconds(1));

        assertThat(deleted(30)).as("the window has passed").isEqualTo(Decision.Action.RELEASE);
    }

    @Test
    void whileThePrimaryIsBeingChangedTheStandbyKeepsWhatItHad() {
        var permit = new Permit(
                "c1", Side.PRIMARY, "an update", "person", time.wall(), time.wall(), Permit.Stage.OPEN, "permitted");

        var decision = guard.check(new FeedChange(30_000, 1, 0, 0, 0, 0), Optional.of(permit));

        assertThat(decision.action()).isEqualTo(Decision.Action.HOLD);
        assertThat(decision.reason()).contains("an update");
    }

    private static ChangeGate.Change change(Side side) {
        return new ChangeGate.Change("c1", side, "an update", "person", Duration.ofMinutes(5));
    }

    private static Scene proven() {
        var scene = new Scene(KeyKind.ORDERED).pass(Duration.ofSeconds(5));
        scene.prove();
        return scene.pass(Duration.ofSeconds(40));
    }

    private static ChangeGate gate(Scene scene) {
        return new ChangeGate(GateSettings.DEFAULT, scene.time, Optional.empty());
    }

    @Test
    void noChangeOfThePrimaryWhileTheStandbyIsUnproven() {
        var scene = new Scene(KeyKind.ORDERED).pass(Duration.ofSeconds(5));

        var decision = gate(scene).open(change(Side.PRIMARY), scene.controller, scene.now());

        assertThat(decision.action()).isEqualTo(Decision.Action.REFUSE);
        assertThat(decision.reason()).contains("no fresh proof");
    }

    @Test
    void aSharedPartVoidsTheProof() {
        var scene = proven();
        scene.independence =
                new Independence(Map.of(Independence.Part.NETWORK, "ring"), Map.of(Independence.Part.NETWORK, "ring"));

        var decision = gate(scene).open(change(Side.PRIMARY), scene.controller, scene.now());

        assertThat(decision.reason()).contains("no fresh proof");
    }

    @Test
    void aProvenStandbyLetsThePrimaryBeChangedOneChangeAtATime() {
        var scene = proven();
        var gate = gate(scene);

        var first = gate.open(change(Side.PRIMARY), scene.controller, scene.now());
        var second = gate.open(change(Side.STANDBY), scene.controller, scene.now());

        assertThat(first.action()).isEqualTo(Decision.Action.PERMIT);
        assertThat(second.reason()).contains("one change at a time");
    }

    @Test
    void aChangeThatIsVerifiedByTheUsualEvidenceIsClosed() {
        var scene = proven();
        var gate = gate(scene);
        gate.open(change(Side.PRIMARY), scene.controller, scene.now());
        gate.verify("person");

        for (var second = 0; second < 35; second++) {
            scene.pass(Duration.ofSeconds(1));
            gate.step(scene.controller.evidence());
        }

        assertThat(gate.permit().orElseThrow().stage()).isEqualTo(Permit.Stage.CLOSED);
    }

    @Test
    void aChangeAfterWhichItsSideIsIllIsHeldUntilAPersonEndsIt() {
        var scene = proven();
        var gate = gate(scene);
        gate.open(change(Side.STANDBY), scene.controller, scene.now());
        scene.standby = Outcome.FAILED;
        gate.verify("person");
        var decision = Decision.stay("");

        for (var second = 0; second < 700 && decision.action() != Decision.Action.ROLL_BACK; second++) {
            scene.pass(Duration.ofSeconds(1));
            decision = gate.step(scene.controller.evidence());
        }

        assertThat(decision.reason()).contains("should be rolled back");
        assertThat(gate.permit().orElseThrow().stage()).isEqualTo(Permit.Stage.HELD);
        assertThat(gate.close("person", "rolled back").action()).isEqualTo(Decision.Action.RELEASE);
    }

    @Test
    void aChangeThatNobodySaysIsDoneIsHeld() {
        var scene = proven();
        var gate = gate(scene);
        gate.open(change(Side.PRIMARY), scene.controller, scene.now());

        scene.time.pass(Duration.ofMinutes(6));

        assertThat(gate.step(scene.controller.evidence()).action()).isEqualTo(Decision.Action.HOLD);
    }
}
