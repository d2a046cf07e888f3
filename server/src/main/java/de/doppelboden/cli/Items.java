package de.doppelboden.cli;

import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.cycle.Worklist;
import java.util.ArrayList;
import java.util.List;

/** Entries of a journal as rows. What they say of people, in payload and the primary's record, only {@code show} prints. */
final class Items {

    private Items() {}

    static List<List<String>> rows(List<Worklist.Item> items) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NUMBER", "STATE", "OPERATION", "KEY", "OFFICE", "AT", "WHY"));
        for (Worklist.Item item : items) {
            JournalEntry entry = item.entry();
            rows.add(List.of(
                    String.valueOf(entry.number()),
                    entry.state().name(),
                    entry.operation(),
                    entry.key().space() + ":" + entry.key().id(),
                    entry.office(),
                    entry.at().toString(),
                    item.why().startsWith("{") ? "both versions: worklist show" : item.why()));
        }
        return rows;
    }
}
