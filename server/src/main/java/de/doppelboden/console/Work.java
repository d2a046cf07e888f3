package de.doppelboden.console;

import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.cycle.Worklist;
import de.doppelboden.database.Database;
import de.doppelboden.identity.Role;
import de.doppelboden.identity.Session;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The worklists of all services, and whose they are: clerks and registrars see and decide what their own office did,
 * operators everything, auditors see everything. The same for pages and REST.
 */
@Component
final class Work {

    private static final int SHORTEST_REASON = 3;
    private static final int LONGEST_REASON = 500;

    private final ControlSettings settings;
    private final Database database;
    private final Evidence evidence;
    private final InstantSource clock;

    Work(ControlSettings settings, Database database, Evidence evidence, InstantSource clock) {
        this.settings = settings;
        this.database = database;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** What became of a decision. */
    enum Decided {
        DONE,
        /** Somebody else was quicker, or the entry has moved on. */
        CHANGED,
        /** Not hers to decide. */
        NOT_HERS,
        NO_REASON,
        UNKNOWN_ENTRY
    }

    List<WorkItem> waiting(Session person) throws SQLException {
        List<WorkItem> items = new ArrayList<>();
        for (ControlSettings.KnownService service : settings.services()) {
            for (Worklist.Item item : new Worklist(database, service.id()).waiting()) {
                if (sees(person, item.entry())) {
                    items.add(shown(service, item, person));
                }
            }
        }
        return items;
    }

    Optional<WorkItem> item(String service, long number, Session person) throws SQLException {
        Optional<ControlSettings.KnownService> known = known(service);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        return new Worklist(database, service)
                .item(number)
                .filter(item -> item.entry().state().onWorklist())
                .filter(item -> sees(person, item.entry()))
                .map(item -> shown(known.get(), item, person));
    }

    /** @param apply to the primary; else what the primary has stays */
    Decided decide(String service, long number, String seen, boolean apply, String reason, Session person)
            throws SQLException {
        Optional<WorkItem> item = item(service, number, person);
        Optional<EntryState> state = Arrays.stream(EntryState.values())
                .filter(s -> s.onWorklist() && s.name().equals(seen))
                .findFirst();
        if (item.isEmpty()) {
            return Decided.UNKNOWN_ENTRY;
        }
        if (!item.get().mayDecide()) {
            return Decided.NOT_HERS;
        }
        String why = reason.strip();
        if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
            return Decided.NO_REASON;
        }
        String opaque = evidence.actor(person);
        if (state.isEmpty() || !new Worklist(database, service).decide(number, state.get(), apply, why, opaque)) {
            return Decided.CHANGED;
        }
        String sentence = "Entry %d (%s) was decided: %s. %s".formatted(number, seen, apply ? "APPLY" : "DROP", why);
        evidence.note(service, "act.decision", sentence, person);
        return Decided.DONE;
    }

    private WorkItem shown(ControlSettings.KnownService service, Worklist.Item item, Session person) {
        boolean own = ownOffice(person, item.entry());
        boolean decides = person.is(Role.OPERATOR) || own;
        return WorkItem.of(service, item, own, decides, clock.instant());
    }

    private static boolean sees(Session person, JournalEntry entry) {
        return person.is(Role.OPERATOR) || person.is(Role.AUDITOR) || ownOffice(person, entry);
    }

    private static boolean ownOffice(Session person, JournalEntry entry) {
        return (person.is(Role.CLERK) || person.is(Role.REGISTRAR))
                && !person.office().isEmpty()
                && person.office().equals(entry.office());
    }

    private Optional<ControlSettings.KnownService> known(String service) {
        return settings.services().stream()
                .filter(known -> known.id().equals(service))
                .findFirst();
    }
}
