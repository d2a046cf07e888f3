package de.doppelboden.cycle;

import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.ownership.StoreUnavailable;

/** Says how a service's standby is being kept current. Blocks. */
public interface FeedStates {

    FeedState read() throws StoreUnavailable;
}
