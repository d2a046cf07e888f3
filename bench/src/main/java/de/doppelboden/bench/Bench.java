package de.doppelboden.bench;

import java.util.List;

/** One measurement, with what it is measured against in the same run. */
interface Bench {

    /** As on the command line. */
    String name();

    /** What is measured, in one line. */
    String about();

    /** Measures; whatever it starts has ended when it returns. */
    List<Row> run(Ground ground) throws Exception;
}
