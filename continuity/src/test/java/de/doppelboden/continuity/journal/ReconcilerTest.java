package de.doppelboden.continuity.journal;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.SteppedTime;
import de.doppelboden.continuity.failover.Scene;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

    private final SteppedTime time = new SteppedTime();
    private final List<JournalEntry> entries = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private Function<JournalEntry, Reconciliation> applying = entry -> new Reconciliation.Applied("1");
    private Function<JournalEntry, Reconciliation> looking = entry -> new Reconciliation.Absent();
    private boolean away;

    private final Journal journal = new Journal() {
        @Override
        public Appended append(JournalEntry entry, long epoch) {
            throw new UnsupportedOperationException("the reconciler appends nothing");
        }

        @Override
        public Appended suspect(JournalEntry entry) {
            throw new UnsupportedOperationException("the reconciler suspects nothing");
        }

        @Override
        public List<JournalEntry> due(int limit) throws StoreUnavailable {
            if (away) {
                throw new StoreUnavailable("away");
            }
            return entries.stream()
                    .filter(entry -> entry.state().open())
                    .limit(limit)
                    .toList();
        }

        @Override
        public boolean record(JournalEntry entry, EntryState next, String why) {
            var at = (int) entry.number() - 1;
            if (entries.get(at).state() != entry.state()) {
                return false;
            }
            entries.set(at, entry.in(next));
            return true;
        }

        @Override
        public int missing(Set<String> idempotencyKeys) {
            return 0;
        }

        @Override
        public Backlog backlog() {
            return Backlog.EMPTY;
        }
    };

    private final Reconciler reconciler = new Reconciler(
            new Scene(KeyKind.ORDERED).service,
            journal,
            new Replay() {
                @Override
                public Reconciliation apply(JournalEntry entry) {
                    asked.add("apply " + entry.number());
                    return applying.apply(entry);
                }

                @Override
                public Reconciliation lookUp(JournalEntry entry) {
                    asked.add("look up " + entry.number());
                    return looking.apply(entry);
                }
            },
            time);

    private void entry(EntryState state) {
        entry(state, "register.move");
    }

    private void entry(EntryState state, String operation) {
        entries.add(new JournalEntry(
                entries.size() + 1,
                "form-" + entries.size(),
                operation,
                new Key("resident", Integer.toString(entries.size())),
                "7",
                "{}",
                "clerk",
                "office",
                time.wall(),
                state,
                1));
    }

    private EntryState state(int number) {
        return entries.get(number - 1).state();
    }

    private void steps(int count) {
        for (var i = 0; i < count; i++) {
            reconciler.step(10);
            time.pass(Duration.ofSeconds(31));
        }
    }

    @Test
    void handsAnOpenEntryToThePrimary() {
        entry(EntryState.OPEN);

        var decision = reconciler.step(10);

        assertThat(state(1)).isEqualTo(EntryState.APPLIED);
        assertThat(decision.reason()).startsWith("1 entries are in the primary");
    }

    @Test
    void whatMustBeConfirmedIsNotAppliedButAskedForAndShownToAPerson() {
        entry(EntryState.OPEN, Scene.ARRIVE.name());
        entry(EntryState.OPEN, Scene.ARRIVE.name());
        looking = entry -> entry.number() == 1 ? new Reconciliation.AlreadyApplied("4") : new Reconciliation.Absent();

        steps(2);

        assertThat(asked).containsExactly("look up 1", "look up 2");
        assertThat(state(1)).as("its form went to the primary first").isEqualTo(EntryState.ALREADY_APPLIED);
        assertThat(state(2)).isEqualTo(EntryState.REVIEW);
    }

    @Test
    void whatMustBeConfirmedAndCannotBeReadGoesToAPersonAsWell() {
        entry(EntryState.OPEN, Scene.ARRIVE.name());
        looking = entry -> {
            throw new IllegalArgumentException("illegal character in path");
        };

        steps(60);

        assertThat(state(1)).isEqualTo(EntryState.UNKNOWN);
    }

    @Test
    void whatAPersonHasConfirmedIsApplied() {
        entry(EntryState.DECIDED_APPLY, Scene.ARRIVE.name());

        steps(1);

        assertThat(asked).containsExactly("apply 1");
        assertThat(state(1)).isEqualTo(EntryState.APPLIED);
    }

    @Test
    void asksBeforeItRepeatsAnAttemptOfWhichNobodyKnowsTheEnd() {
        entry(EntryState.OPEN);
        applying = entry -> new Reconciliation.Unknown("no answer");
        looking = entry -> new Reconciliation.AlreadyApplied("4");

        steps(2);

        assertThat(asked).containsExactly("apply 1", "look up 1");
        assertThat(state(1)).isEqualTo(EntryState.ALREADY_APPLIED);
    }

    @Test
    void anEntryThatCannotBeReadCostsTheOthersNothingAndGoesToAPerson() {
        entry(EntryState.SUSPECT);
        entry(EntryState.OPEN);
        looking = entry -> {
            throw new IllegalArgumentException("illegal character in path");
        };

        reconciler.step(10);
        assertThat(state(2)).isEqualTo(EntryState.APPLIED);

        steps(60);
        assertThat(state(1)).isEqualTo(EntryState.UNKNOWN);
    }

    @Test
    void repeatsAnAttemptThatNeverArrived() {
        entry(EntryState.TRYING);

        steps(1);

        assertThat(asked).containsExactly("look up 1", "apply 1");
        assertThat(state(1)).isEqualTo(EntryState.APPLIED);
    }

    @Test
    void neverCarriesASuspectOutItself() {
        entry(EntryState.SUSPECT);

        steps(1);

        assertThat(asked).containsExactly("look up 1");
        assertThat(state(1)).isEqualTo(EntryState.DROPPED);
    }

    @Test
    void leavesAConflictAndWhatThePrimaryCannotSayToAPerson() {
        entry(EntryState.OPEN);
        entry(EntryState.TRYING);
        applying = entry -> new Reconciliation.Conflict("8", "7");
        looking = entry -> new Reconciliation.Unknown("it keeps no keys");

        steps(3);

        assertThat(state(1)).isEqualTo(EntryState.CONFLICT);
        assertThat(state(2)).isEqualTo(EntryState.UNKNOWN);
        assertThat(asked).hasSize(2);
    }

    @Test
    void waitsLongerAfterEachVainAttemptAndThenAsksAPerson() {
        entry(EntryState.OPEN);
        applying = entry -> new Reconciliation.RetryLater("it is restarting");
        looking = entry -> new Reconciliation.RetryLater("it is restarting");
        reconciler.step(10);
        reconciler.step(10);
        assertThat(asked).as("too soon").hasSize(1);

        steps(60);

        assertThat(asked).hasSize(50);
        assertThat(state(1)).isEqualTo(EntryState.UNKNOWN);
    }

    @Test
    void saysThatTheJournalCannotBeRead() {
        away = true;

        assertThat(reconciler.step(10).reason()).isEqualTo("the journal cannot be read now: away");
    }
}
