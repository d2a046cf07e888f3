package de.doppelboden.continuity.ownership;

import de.doppelboden.continuity.LeaseSettings;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.Time;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this gateway's right to act for ordered keys, and changes their owner by the store.
 *
 * <p>Why an ordered key never has two owners: a gateway acts for it only under an {@link Entitlement}, which names the epoch
 * whose owner it acts for. An epoch ends only by a {@link OwnershipStore#claim} whose intent was announced before, and the
 * claimant claims only when no other gateway can still be entitled under the old epoch:
 *
 * <ol>
 *   <li>A gateway that is heard has seen the intent, ended its entitlement, and said so: it has <em>yielded</em>.
 *   <li>While another's intent stands, a gateway takes no lease. A lease runs on its holder's own monotonic clock from before
 *       it was asked for, so it ends at most one length after the announcement; the claimant waits that and a margin on its
 *       own clock. Wall clocks, and their jumps, play no part. (C. Gray, D. Cheriton: Leases, SOSP 1989.)
 *   <li>Without the store a gateway goes on only by the company that the store has noted for it: alone it goes on for ever, and
 *       nobody may claim before it has yielded or a person has declared it gone; with one peer it goes on while that peer
 *       vouches, and only that peer itself, who vouches for nobody once it wants to claim, need not wait for its yielding but
 *       for a lease after its own last word; with more its lease ends.
 * </ol>
 *
 * <p>The epoch is raised by compare-and-set, so of two claimants one loses; what the standby writes carries the epoch and is
 * refused under an older one. What remains is a gateway that is stopped between the check and the send for longer than the
 * margin: the primary knows no epochs, so there the base version must catch it, as a conflict on the worklist.
 *
 * <p>{@link #exchange} blocks and has a thread of its own; all other methods are quick, on any thread.
 */
public final class Steward {

    private static final int ABANDONED_WAITS = 3;
    private static final int SILENT_WAITS = 30;

    private final String gateway;
    private final LeaseSettings settings;
    private final Time time;
    private final Consumer<Kept> keeper;
    private final Hearing hearing = new Hearing();

    private volatile Ownership ownership;
    private volatile Entitlement entitlement = Entitlement.NONE;
    private volatile String trouble = "the store has not been asked yet";

    /** The other gateways, as the store has noted them for this one; empty: not known to be noted, so only leases count. */
    private volatile Optional<Set<String>> company;

    private volatile @Nullable Wish wish;
    private volatile Standing.@Nullable Intent own;
    private long announcedAt;
    private long claimedIntent;
    private boolean leaving;
    private boolean storeLost;
    private long yielded;
    private long lastVouch;
    private long beats;
    private long keptEpoch = -1;
    private final Set<String> gone = new HashSet<>();
    private Optional<Claim> answer = Optional.empty();

    private record Wish(Side owner, Slice apart, String reason) {}

    /** What a gateway may rely on after a restart without the store; a later ownership than the controller's saved one wins. */
    public record Kept(Ownership ownership, Optional<Set<String>> company) {}

    /**
     * @param kept by this gateway when it ran last; without a company on its first start
     * @param keeper makes it durable on this machine before it returns. The store is told only afterwards, so that no restart
     *     relies on what the store no longer has noted, what was yielded, or what a last claim may have ended
     */
    public Steward(String gateway, LeaseSettings settings, Time time, Kept kept, Consumer<Kept> keeper) {
        this.gateway = gateway;
        this.settings = settings;
        this.time = time;
        this.keeper = keeper;
        this.ownership = kept.ownership();
        this.company = kept.company();
        this.lastVouch = time.nanos();
        relyOnCompany();
    }

    /** One conversation with the store: renews the lease, yields to others, carries out what is wanted. */
    public void exchange(OwnershipStore store) {
        try {
            var before = yielded;
            var standing = renew(store);
            if (yielded != before) {
                standing = renew(store);
            }
            tidy(store, standing);
            carryOut(store);
        } catch (StoreUnavailable unavailable) {
            lost(String.valueOf(unavailable.getMessage()));
        }
    }

    private Standing renew(OwnershipStore store) throws StoreUnavailable {
        var asked = time.nanos();
        var standing = store.renew(gateway, beats, yielded, companyToNote());
        heard(standing, asked);
        return standing;
    }

    /** Until the store has answered, it is not known which company it has noted: then only the lease counts. */
    private synchronized Set<String> companyToNote() {
        var names = storeLost && company.isPresent() ? company.get() : hearing.names();
        if (!company.equals(Optional.of(names))) {
            relyOn(Optional.empty());
            entitlement = entitlement.ending();
        }
        return names;
    }

    private void relyOn(Optional<Set<String>> names) {
        if (!company.equals(names) || keptEpoch != ownership.epoch()) {
            company = names;
            keptEpoch = ownership.epoch();
            keeper.accept(new Kept(ownership, names));
        }
    }

    private synchronized void heard(Standing standing, long asked) {
        storeLost = false;
        trouble = "";
        beats = standing.mine().beats();
        hearing.note(standing, time.nanos());
        adopt(standing.ownership());
        noteOwn(standing);
        var other = hearing.intentOfOther(gateway);
        relyOn(
                beats == 0 || other.isPresent() || claimSent()
                        ? Optional.empty()
                        : Optional.of(standing.mine().company()));
        yielded = other.map(Standing.Intent::number).orElse(0L);
        if (other.isPresent()) {
            entitlement = Entitlement.NONE;
            trouble = "gateway %s is about to change the owner"
                    .formatted(other.get().gateway());
        } else if (!claimSent() && beats != 0) {
            entitle(asked);
        }
    }

    /** A claim that was sent may take effect, late or once more, as long as its intent stands. */
    private void noteOwn(Standing standing) {
        var before = own;
        var noted = standing.intent()
                .filter(intent -> intent.gateway().equals(gateway) && intent.epoch() == ownership.epoch())
                .orElse(null);
        if (noted != null && (before == null || before.number() != noted.number())) {
            announcedAt = time.nanos();
        }
        if (noted == null || noted.number() != claimedIntent) {
            claimedIntent = 0;
        }
        own = noted;
    }

    private boolean claimSent() {
        return claimedIntent != 0;
    }

    private void entitle(long asked) {
        if (!leaving) {
            var alone = company.filter(Set::isEmpty).isPresent();
            entitlement =
                    new Entitlement(ownership.epoch(), asked + settings.length().toNanos(), alone);
        }
    }

    private void adopt(Ownership found) {
        if (found.epoch() <= ownership.epoch()) {
            return;
        }
        entitlement = Entitlement.NONE;
        ownership = found;
        var wanted = wish;
        if (wanted != null) {
            var granted = found.owner() == wanted.owner() && found.apart().equals(wanted.apart());
            answer = Optional.of(granted ? new Claim.Granted(found) : new Claim.Lost(found));
            wish = null;
        }
    }

    /** Removes what gateways that are gone have left behind, and what this one no longer wants. */
    private void tidy(OwnershipStore store, Standing standing) throws StoreUnavailable {
        var asked = time.nanos();
        var mine = own;
        var wanted = wish;
        var unwanted = mine != null && (wanted == null || mine.owner() != wanted.owner());
        if (standing.intent().isPresent()
                && (unwanted || hearing.abandoned(asked, ABANDONED_WAITS * settings.waitNanos()))) {
            heard(store.withdraw(gateway, standing.intent().get().number()), asked);
        }
        for (var leaver : toBeRemoved(asked)) {
            store.leave(leaver);
        }
    }

    private synchronized Set<String> toBeRemoved(long now) {
        var leavers = new HashSet<>(gone);
        gone.clear();
        var silence = SILENT_WAITS * settings.waitNanos();
        if (now - lastVouch > silence) {
            leavers.addAll(hearing.silent(gateway, now, silence));
        }
        return leavers;
    }

    private void carryOut(OwnershipStore store) throws StoreUnavailable {
        var wanted = wish;
        if (wanted == null || hearing.intentOfOther(gateway).isPresent()) {
            return;
        }
        if (own == null) {
            var asked = time.nanos();
            heard(store.announce(ownership, wanted.owner(), gateway), asked);
        }
        var intent = own;
        if (intent != null && nobodyElseActs(intent) && stopsToClaim(wanted, intent)) {
            claim(store, wanted, intent);
        }
    }

    /** Nobody else can act for ordered keys any more; the class comment says why. */
    private synchronized boolean nobodyElseActs(Standing.Intent intent) {
        var from = lastVouch - announcedAt > 0 ? lastVouch : announcedAt;
        for (var member : hearing.members()) {
            if (member.yielded() == intent.number()) {
                continue;
            }
            if (Hearing.mayActWithoutStore(member, gateway)) {
                trouble = "gateway %s may act without the store: it must yield, or a person must declare it gone"
                        .formatted(member.gateway());
                return false;
            }
            if (time.nanos() - from < settings.waitNanos()) {
                trouble = "the lease of gateway %s has not ended yet".formatted(member.gateway());
                return false;
            }
        }
        return true;
    }

    private synchronized boolean stopsToClaim(Wish wanted, Standing.Intent intent) {
        if (wish != wanted) {
            return false;
        }
        entitlement = Entitlement.NONE;
        claimedIntent = intent.number();
        relyOn(Optional.empty());
        return true;
    }

    private void claim(OwnershipStore store, Wish wanted, Standing.Intent intent) throws StoreUnavailable {
        var claim = store.claim(ownership, wanted.owner(), wanted.apart(), gateway, intent.number(), wanted.reason());
        switch (claim) {
            case Claim.Unavailable unavailable -> lost(unavailable.reason());
            case Claim.Granted granted -> settled(claim, granted.ownership());
            case Claim.Lost lost -> settled(claim, lost.current());
            case Claim.Unready unready -> settled(claim, ownership);
        }
        if (wish == null) {
            var asked = time.nanos();
            heard(store.withdraw(gateway, intent.number()), asked);
        }
    }

    /** A person knows that this gateway is down for good: nobody waits for it any more. */
    public synchronized void declareGone(String gateway) {
        gone.add(gateway);
    }

    private synchronized void settled(Claim claim, Ownership found) {
        adopt(found);
        wish = null;
        answer = Optional.of(claim);
    }

    private synchronized void lost(String reason) {
        storeLost = true;
        trouble = reason;
        relyOnCompany();
    }

    private void relyOnCompany() {
        if (company.filter(Set::isEmpty).isPresent() && !claimSent() && yielded == 0 && !leaving) {
            entitle(time.nanos());
        }
    }

    /** The peer that is to be asked to vouch, because the store is gone. */
    public synchronized Optional<String> needsVouchOf() {
        return storeLost && !claimSent() && yielded == 0 && !leaving
                ? company.filter(names -> names.size() == 1)
                        .map(names -> names.iterator().next())
                : Optional.empty();
    }

    /** The other gateway asks, because it has lost the store: may it go on under that epoch for one lease? */
    public synchronized boolean vouch(String peer, long epoch) {
        var ours = company.equals(Optional.of(Set.of(peer))) && epoch == ownership.epoch();
        if (!ours || wish != null || own != null || claimSent() || yielded != 0 || leaving) {
            return false;
        }
        lastVouch = time.nanos();
        return true;
    }

    /** The only other gateway has vouched for that epoch; it was asked at {@code askedNanos}. */
    public synchronized void vouched(String peer, long epoch, long askedNanos) {
        if (needsVouchOf().filter(peer::equals).isPresent() && epoch == ownership.epoch()) {
            entitle(askedNanos);
        }
    }

    /** Ends in good order: nothing more is done for ordered keys, and nobody has to wait for this gateway. */
    public void leave(OwnershipStore store) throws StoreUnavailable {
        synchronized (this) {
            leaving = true;
            entitlement = Entitlement.NONE;
        }
        store.leave(gateway);
    }

    public synchronized void want(Side owner, Slice apart, String reason) {
        wish = new Wish(owner, apart, reason);
        answer = Optional.empty();
    }

    /** No longer wanted; a claim that the store already has may still take effect, and is then adopted. */
    public synchronized void wantNothing() {
        wish = null;
        answer = Optional.empty();
    }

    /** Nothing is wanted that has not been answered. */
    public synchronized boolean idle() {
        return wish == null;
    }

    /** The answer to the last wish, once. */
    public synchronized Optional<Claim> answer() {
        var given = answer;
        answer = Optional.empty();
        return given;
    }

    public Ownership ownership() {
        return ownership;
    }

    /** To be saved: what this gateway may rely on after a restart without the store. */
    public Optional<Set<String>> company() {
        return company;
    }

    /** What keeps this gateway from the store or from a claim; empty if nothing does. */
    public String trouble() {
        return trouble;
    }

    /** This gateway may act for ordered keys now. */
    public boolean entitled(long nanos) {
        return entitlement.allows(ownership.epoch(), nanos);
    }

    public Entitlement entitlement() {
        return entitlement;
    }
}
