package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.journal.Appended;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.Journal;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import java.util.List;
import java.util.Set;

/** The journal as one gateway's reconciler reaches it. */
final class JournalLink implements Journal {

    private final GatewayModel gateway;
    private final Store store;

    JournalLink(GatewayModel gateway) {
        this.gateway = gateway;
        this.store = gateway.city.store;
    }

    @Override
    public Appended append(JournalEntry entry, long epoch) {
        throw new UnsupportedOperationException("the standby appends, not the reconciler");
    }

    @Override
    public Appended suspect(JournalEntry entry) {
        throw new UnsupportedOperationException("the data path notes suspects, not the reconciler");
    }

    @Override
    public List<JournalEntry> due(int limit) throws StoreUnavailable {
        return gateway.link.call(() -> {
            var holder = gateway.city.gateway(store.reconciling());
            var gone = holder.isEmpty() || !holder.get().alive() || !holder.get().storeReachable;
            return store.due(gateway.name, gone, limit);
        });
    }

    @Override
    public boolean record(JournalEntry entry, EntryState next, String why) throws StoreUnavailable {
        return gateway.link.call(() -> store.record(entry, next, why));
    }

    @Override
    public int missing(Set<String> idempotencyKeys) throws StoreUnavailable {
        return gateway.link.call(() -> store.missing(idempotencyKeys));
    }

    @Override
    public Backlog backlog() throws StoreUnavailable {
        return gateway.link.call(store::backlog);
    }
}
