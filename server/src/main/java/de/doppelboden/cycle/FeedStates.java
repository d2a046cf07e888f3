package de.doppelboden.cycle;

import de.doppelboden.continuity.FeedState;
import de.doppelboden.continuity.StoreUnavailable;

/** Says how a service's standby is being kept current. Blocks. */
public interface FeedStates {

    FeedState read() throws StoreUnavailable;
}
