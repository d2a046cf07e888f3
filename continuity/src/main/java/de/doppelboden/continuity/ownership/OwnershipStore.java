package de.doppelboden.continuity.ownership;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import java.util.Set;

/**
 * Where the epoch of a service lives: one row in the database, changed by compare-and-set, and a row for each gateway. All
 * methods block, for less than a lease, and are called by the {@link Steward} from the thread that asks it to exchange. Each
 * is one transaction.
 */
public interface OwnershipStore {

    Ownership read() throws StoreUnavailable;

    /**
     * If the gateway's row has exactly this number of beats (0 when there is no row: one is made, with the others there are as
     * its company), adds one, notes for which intent it has yielded (0: none), and notes the company if these are exactly the
     * other gateways there are. Says in any case what holds then. So a message that comes late or twice changes nothing.
     */
    Standing renew(String gateway, long beats, long yielded, Set<String> company) throws StoreUnavailable;

    /**
     * Notes an intent with a fresh number if the epoch is still the expected one and no other gateway's intent is noted;
     * says what holds then. Numbers rise and are never used again.
     */
    Standing announce(Ownership expected, Side owner, String gateway) throws StoreUnavailable;

    /** Removes the intent of that number, if it is still there; says what holds then. */
    Standing withdraw(String gateway, long intent) throws StoreUnavailable;

    /**
     * Raises the epoch by one and names the owner, if the epoch is still the expected one and this intent still noted. A claim
     * that gives keys to the primary is {@link Claim.Unready} while the journal holds open entries of them. The intent goes
     * with it.
     */
    Claim claim(Ownership expected, Side owner, Slice apart, String gateway, long intent, String reason);

    /** A gateway that ends in good order takes its row away, so that nobody waits for it. */
    void leave(String gateway) throws StoreUnavailable;
}
