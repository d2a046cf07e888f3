package de.doppelboden.city.replay;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The product as the replay uses it: real processes, started for one replay. */
interface SecondFloor extends AutoCloseable {

    /** Waits until it serves and its standby has a copy of the register. */
    void awaitReady() throws IOException, InterruptedException;

    /** Its state and the sentences that say why, for whoever wonders. */
    String said() throws IOException, InterruptedException;

    /** The address that the clerks have in their browsers. */
    URI clerks();

    /** Everything is back: the primary serves, and what can be reconciled without a person is. */
    boolean returned() throws IOException, InterruptedException;

    /** What waits for a person. */
    List<Auditor.Deferred> worklist() throws IOException, InterruptedException;

    /** Whether both sides hold the same, once the feed has had the time it is allowed. */
    boolean sidesEqual() throws IOException, InterruptedException;

    @Override
    void close();
}
