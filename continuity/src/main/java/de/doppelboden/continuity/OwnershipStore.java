package de.doppelboden.continuity;

import java.util.Map;
import java.util.Set;

/**
 * Where the epoch of a service lives: one row in the database, changed by compare-and-set, and a row for each gateway. All
 * methods block and are called by the {@link Steward} from the thread that asks it to exchange. Each is one transaction.
 */
public interface OwnershipStore {

    Ownership read() throws StoreUnavailable;

    /**
     * Marks the gateway as heard (one more beat; a row is made when there is none), notes for which intent it has yielded
     * (0: none), notes the company if these are exactly the other gateways there are (else the company noted before stays; a
     * new row starts with the others there are), and says what holds.
     */
    Standing renew(String gateway, long yielded, Set<String> company) throws StoreUnavailable;

    /**
     * Notes an intent with a fresh number if the epoch is still the expected one and no other gateway's intent is noted;
     * says what holds then.
     */
    Standing announce(Ownership expected, Side owner, String gateway) throws StoreUnavailable;

    /** Removes the intent of that number, if it is still there; says what holds then. */
    Standing withdraw(String gateway, long intent) throws StoreUnavailable;

    /**
     * Raises the epoch by one and names the owner, if the epoch is still the expected one and this intent still noted. A claim
     * that gives keys to the primary is {@link Claim.Unready} while the journal holds open entries of them. The intent goes
     * with it.
     */
    Claim claim(Ownership expected, Side owner, Map<Key, Side> exceptions, String gateway, long intent, String reason);

    /** A gateway that ends in good order takes its row away, so that nobody waits for it. */
    void leave(String gateway) throws StoreUnavailable;
}
