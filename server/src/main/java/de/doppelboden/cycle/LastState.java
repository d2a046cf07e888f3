package de.doppelboden.cycle;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.failover.FailoverController;
import de.doppelboden.continuity.failover.Saved;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.Steward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a service begins when its gateway starts, and what of it is kept on the disk from then on. Any thread; blocks. */
final class LastState {

    private static final Logger log = LoggerFactory.getLogger(LastState.class);
    private static final Duration AT_ONCE = Duration.ofMillis(700);

    private final Service service;
    private final Stores stores;
    private final Time time;
    private final LocalState file;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile LocalState.Kept kept;

    LastState(Service service, Stores stores, LocalState file, Time time) {
        this.service = service;
        this.stores = stores;
        this.time = time;
        this.file = file;
        this.kept =
                file.read().map(found -> asConfigured(found, service.mode())).orElseGet(this::beginning);
    }

    LocalState.Kept kept() {
        return kept;
    }

    /** A mode that was written into the configuration since counts; else the one that a person ordered goes on. */
    static LocalState.Kept asConfigured(LocalState.Kept found, Mode configured) {
        var saved = found.saved();
        boolean changed = found.configured().filter(mode -> mode != configured).isPresent();
        if (changed && saved.mode() != Mode.PAUSED) {
            saved = saved.in(configured);
        }
        return new LocalState.Kept(saved, found.standing(), found.permit(), Optional.of(configured));
    }

    /** A gateway that has never run: what the store says, if it answers at once, else the beginning; the steward asks it anyway. */
    private LocalState.Kept beginning() {
        var asked = new FutureTask<>(() -> LocalState.Kept.of(
                FailoverController.first(service, stores.ownership().read(), time.wall()),
                stores.proofs().permit(),
                Optional.of(service.mode())));
        Thread.ofVirtual().name(service.id() + "-beginning").start(asked);
        try {
            return asked.get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException away) {
            log.info("{} begins without the database's word", service.id());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        var now = time.wall();
        return LocalState.Kept.of(
                FailoverController.first(service, Ownership.initial(now), now),
                Optional.empty(),
                Optional.of(service.mode()));
    }

    /** False if nothing has changed, or it could not be written and is to be tried again. */
    boolean keep(Saved saved, Optional<Permit> permit) {
        lock.lock();
        try {
            var now = new LocalState.Kept(saved, kept.standing(), permit, kept.configured());
            if (now.equals(kept)) {
                return false;
            }
            write(now);
            return true;
        } catch (IOException failed) {
            log.error("the state of {} cannot be written to its file: {}", service.id(), failed.getMessage());
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The steward goes on only when this has returned: then it is on the disk. */
    void keep(Steward.Kept standing) {
        lock.lock();
        try {
            write(new LocalState.Kept(kept.saved(), standing, kept.permit(), kept.configured()));
        } catch (IOException failed) {
            throw new UncheckedIOException("the state of " + service.id() + " cannot be written to its file", failed);
        } finally {
            lock.unlock();
        }
    }

    private void write(LocalState.Kept now) throws IOException {
        file.write(now);
        kept = now;
    }
}
