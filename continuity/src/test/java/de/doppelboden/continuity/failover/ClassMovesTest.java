package de.doppelboden.continuity.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.SteppedTime;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.JudgeScene;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.continuity.ownership.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassMovesTest {

    private final SteppedTime time = new SteppedTime();
    private final Service service = Service.of("portal", KeyKind.FREE, JudgeScene.portal());
    private final Operation read = service.operation("mail.read");
    private final ClassMoves moves = new ClassMoves(
            service,
            time,
            new Position(FailoverController.first(service, Ownership.initial(time.wall()), time.wall()), time));

    private static Evidence evidence(Set<String> ill, Set<String> well) {
        return new Evidence(
                Verdict.HEALTHY,
                Verdict.HEALTHY,
                Set.of(),
                ill,
                Set.of(),
                Set.of(),
                well,
                Set.of(),
                Instant.EPOCH,
                "it is so",
                List.of());
    }

    private double secondsUntilItIsBack() {
        leaves();
        return secondsOfItsReturn();
    }

    private void leaves() {
        assertThat(moves.move(evidence(Set.of(read.movesAs()), Set.of())).action())
                .isEqualTo(Decision.Action.MOVE_CLASS);
    }

    private double secondsOfItsReturn() {
        var left = time.seconds();
        while (moves.step(evidence(Set.of(), Set.of(read.movesAs()))).action() != Decision.Action.RETURN_CLASS) {
            time.pass(Duration.ofMillis(50));
        }
        return time.seconds() - left;
    }

    @Test
    void eachReturnThatDoesNotLastMakesTheNextHarderUntilAPersonSaysThatItIsOver() {
        var first = secondsUntilItIsBack();

        assertThat(secondsUntilItIsBack()).isCloseTo(2 * first, within(0.2));
        assertThat(secondsUntilItIsBack()).isCloseTo(4 * first, within(0.2));
        leaves();
        assertThat(moves.bound()).startsWith("3 returns have failed, so the primary must be well for 40.0 s ");
        moves.lift();
        assertThat(moves.bound()).isEqualTo("the primary must be well for 5.0 s before it is tried");
        assertThat(secondsOfItsReturn()).isCloseTo(first, within(0.2));
        assertThat(secondsUntilItIsBack()).isCloseTo(2 * first, within(0.2));
    }

    @Test
    void theLongerThePrimaryDoesItWellTheMoreOfItsReadsItGets() {
        moves.move(evidence(Set.of(read.movesAs()), Set.of()));
        var shares = new ArrayList<Long>();
        while (moves.step(evidence(Set.of(), Set.of(read.movesAs()))).action() != Decision.Action.RETURN_CLASS) {
            var share = IntStream.range(0, 1000)
                    .filter(user -> moves.mirrors(read, "user-" + user))
                    .count();
            if (shares.isEmpty() || share != shares.getLast()) {
                shares.add(share);
            }
            time.pass(Duration.ofMillis(50));
        }

        assertThat(shares).hasSize(3).isSorted().endsWith(1000L);
        assertThat(shares.getFirst()).isBetween(200L, 300L);
        assertThat(moves.mirrors(read, "user-1")).as("it is back").isFalse();
    }
}
