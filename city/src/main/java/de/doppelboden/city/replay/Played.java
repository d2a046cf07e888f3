package de.doppelboden.city.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a replay came to, for a program, a terminal, and people. */
public interface Played {

    double wallSeconds();

    /** Its figures, without the invariants; the fields are in the command's manual. */
    ObjectNode json();

    /** The same as a table. */
    List<String> lines();

    List<Invariant> invariants();

    /** Writes one HTML file that needs nothing else; false: there is nothing to compare, and nothing is written. */
    boolean report(Path file) throws IOException;

    /** Writes every request that anybody made, as CSV. */
    void diary(Path file) throws IOException;
}
