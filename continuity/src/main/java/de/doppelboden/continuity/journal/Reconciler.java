package de.doppelboden.continuity.journal;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hands the journal back to the primary: in order for each key, never twice, never dropped. Before an entry is tried, that is
 * noted; so an attempt whose end is not known, also for a crash, is looked up and never blindly repeated. Blocks in the journal
 * and the replay; has a thread of its own.
 */
public final class Reconciler {

    /** After so many attempts in a row that came to nothing a person looks. */
    private static final int ATTEMPTS_AT_MOST = 50;

    private static final int REMEMBERED_AT_MOST = 10_000;
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Service service;
    private final Journal journal;
    private final Replay replay;
    private final Time time;
    private final Map<Long, Attempts> attempts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Attempts> eldest) {
            return size() > REMEMBERED_AT_MOST;
        }
    };

    private record Attempts(int made, long notBefore) {}

    public Reconciler(Service service, Journal journal, Replay replay, Time time) {
        this.service = service;
        this.journal = journal;
        this.replay = replay;
        this.time = time;
    }

    /** Works on the entries that are due, at most {@code limit}; says what it did. */
    public Decision step(int limit) {
        try {
            var due = journal.due(limit);
            var tally = new Tally();
            for (var entry : due) {
                if (ripe(entry)) {
                    tally.note(reconciled(entry));
                } else {
                    tally.waiting++;
                }
            }
            return due.isEmpty() ? Decision.stay("nothing is to be reconciled") : tally.decision();
        } catch (StoreUnavailable unavailable) {
            return Decision.stay("the journal cannot be read now: " + unavailable.getMessage());
        }
    }

    private boolean ripe(JournalEntry entry) {
        var before = attempts.get(entry.number());
        return before == null || time.nanos() - before.notBefore() >= 0;
    }

    /** An entry that nobody can read costs the others nothing. */
    private Optional<EntryState> reconciled(JournalEntry entry) throws StoreUnavailable {
        try {
            return reconcile(entry);
        } catch (RuntimeException bug) {
            boolean begun = entry.state() == EntryState.DECIDED_APPLY
                    || entry.state() == EntryState.OPEN && !mustBeConfirmed(entry);
            return later(begun ? entry.in(EntryState.TRYING) : entry, "a fault of ours: " + bug);
        }
    }

    private Optional<EntryState> reconcile(JournalEntry entry) throws StoreUnavailable {
        return switch (entry.state()) {
            case OPEN -> mustBeConfirmed(entry) ? lookUp(entry) : begin(entry);
            case DECIDED_APPLY -> begin(entry);
            case SUSPECT, TRYING -> lookUp(entry);
            case REVIEW, APPLIED, ALREADY_APPLIED, CONFLICT, UNKNOWN, DROPPED -> Optional.empty();
        };
    }

    private Optional<EntryState> begin(JournalEntry entry) throws StoreUnavailable {
        return journal.record(entry, EntryState.TRYING, "being applied")
                ? apply(entry, entry.in(EntryState.TRYING))
                : Optional.empty();
    }

    /**
     * The states only go forward: an entry that is being tried stays so until the primary has answered, so that a note that
     * reaches the journal late or twice finds no state that it fits.
     */
    private Optional<EntryState> apply(JournalEntry entry, JournalEntry trying) throws StoreUnavailable {
        return switch (replay.apply(entry)) {
            case Reconciliation.Applied applied -> done(trying, EntryState.APPLIED, applied.reference());
            case Reconciliation.AlreadyApplied applied -> done(trying, EntryState.ALREADY_APPLIED, applied.reference());
            case Reconciliation.Conflict conflict -> done(trying, EntryState.CONFLICT, conflict.primaryVersion());
            case Reconciliation.RetryLater later -> later(trying, later.reason());
            case Reconciliation.Unknown unknown -> later(trying, unknown.reason());
            case Reconciliation.Absent absent -> later(trying, "the primary says it does not have it");
        };
    }

    private Optional<EntryState> lookUp(JournalEntry entry) throws StoreUnavailable {
        return switch (replay.lookUp(entry)) {
            case Reconciliation.Applied applied -> done(entry, EntryState.ALREADY_APPLIED, applied.reference());
            case Reconciliation.AlreadyApplied applied -> done(entry, EntryState.ALREADY_APPLIED, applied.reference());
            case Reconciliation.Conflict conflict -> done(entry, EntryState.CONFLICT, conflict.primaryVersion());
            case Reconciliation.RetryLater later -> later(entry, later.reason());
            case Reconciliation.Unknown unknown -> done(entry, EntryState.UNKNOWN, unknown.reason());
            case Reconciliation.Absent nothing -> absent(entry);
        };
    }

    private Optional<EntryState> absent(JournalEntry entry) throws StoreUnavailable {
        return switch (entry.state()) {
            case SUSPECT -> done(entry, EntryState.DROPPED, "the primary has never carried it out");
            case OPEN -> done(entry, EntryState.REVIEW, "the primary does not have it, and a person must confirm it");
            default -> apply(entry, entry);
        };
    }

    /** Its user may have sent the same form to the primary before: what the primary has needs nobody's confirmation. */
    private boolean mustBeConfirmed(JournalEntry entry) {
        return service.operations().stream()
                .anyMatch(operation ->
                        operation.policy() == Policy.REVIEW && operation.name().equals(entry.operation()));
    }

    private Optional<EntryState> done(JournalEntry entry, EntryState next, String why) throws StoreUnavailable {
        if (!next.open()) {
            attempts.remove(entry.number());
        }
        return journal.record(entry, next, why) ? Optional.of(next) : Optional.empty();
    }

    private Optional<EntryState> later(JournalEntry entry, String why) throws StoreUnavailable {
        var before = attempts.get(entry.number());
        var made = before == null ? 1 : before.made() + 1;
        if (made >= ATTEMPTS_AT_MOST) {
            return done(entry, EntryState.UNKNOWN, "after %d attempts: %s".formatted(made, why));
        }
        var wait = Math.min(LONGEST_WAIT.toNanos(), FIRST_WAIT.toNanos() << Math.min(made - 1, 20));
        attempts.put(entry.number(), new Attempts(made, time.nanos() + wait));
        return Optional.empty();
    }

    /** What one pass came to. */
    private static final class Tally {
        private int applied;
        private int worklist;
        private int dropped;
        private int waiting;

        void note(Optional<EntryState> became) {
            switch (became.orElse(EntryState.OPEN)) {
                case APPLIED, ALREADY_APPLIED -> applied++;
                case CONFLICT, UNKNOWN, REVIEW -> worklist++;
                case DROPPED -> dropped++;
                case SUSPECT, OPEN, TRYING, DECIDED_APPLY -> waiting++;
            }
        }

        Decision decision() {
            var sentence = "%d entries are in the primary, %d went to the worklist, %d were never carried out, %d wait"
                    .formatted(applied, worklist, dropped, waiting);
            return applied + worklist + dropped == 0
                    ? Decision.stay(sentence)
                    : new Decision(Decision.Action.RECONCILE, sentence);
        }
    }
}
