package de.doppelboden.evidence;

import java.io.IOException;

/** A place outside the database that keeps heads of the chain: a file, a proof, a mail, another node. */
@FunctionalInterface
public interface Anchor {

    /** Keeps a head durably. */
    void keep(Head head) throws IOException;
}
