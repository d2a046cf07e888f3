package de.doppelboden.city.replay;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The product as the replay uses it: real processes, started for one replay. */
interface SecondFloor extends AutoCloseable {

    /** The address that the clerks have in their browsers. */
    URI clerks();

    /** Everything is back: the primary serves, and what can be reconciled without a person is. */
    boolean returned() throws IOException, InterruptedException;

    /** What waits for a person. */
    List<Auditor.Deferred> worklist() throws IOException, InterruptedException;

    /** Whether both sides hold the same, as the product's own comparison says after reading both whole. */
    boolean sidesEqual() throws IOException, InterruptedException;

    @Override
    void close();
}
