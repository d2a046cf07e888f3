package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.cycle.Worklist;
import java.time.Instant;

/**
 * An entry of the worklist as a page shows it.
 *
 * @param key number of the record; empty if it is hidden, or if the primary has no record yet
 * @param why what the reconciler noted, for those who decide; empty when it is the primary's version
 * @param hidden its content is for her own office only, because of an information block
 * @param seen the state in which it is shown; a decision counts only while it is still so
 */
public record WorkItem(
        String service,
        String serviceName,
        long number,
        String kind,
        String operation,
        String key,
        String office,
        String at,
        String why,
        String seen,
        Comparison comparison,
        boolean hidden,
        boolean mayDecide) {

    static WorkItem of(
            ControlSettings.KnownService service, Worklist.Item item, boolean ownOffice, boolean decides, Instant now) {
        var entry = item.entry();
        String state = entry.state().name();
        boolean conflict = state.equals("CONFLICT");
        Comparison comparison = Comparison.of(entry.payload(), conflict ? item.why() : "");
        boolean hidden = comparison.blocked() && !ownOffice;
        String operation = "operation." + entry.operation();
        return new WorkItem(
                service.id(),
                service.name(),
                entry.number(),
                t("work." + state),
                Texts.has(operation) ? t(operation) : entry.operation(),
                hidden || entry.key().id().equals(entry.idempotencyKey())
                        ? ""
                        : entry.key().id(),
                entry.office(),
                Moments.when(entry.at(), now),
                conflict ? "" : item.why(),
                state,
                comparison,
                hidden,
                decides && !hidden);
    }
}
