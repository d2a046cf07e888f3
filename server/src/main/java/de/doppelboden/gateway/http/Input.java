package de.doppelboden.gateway.http;

import java.io.IOException;

/** Where bytes come from. */
interface Input {

    /** Blocks until there is at least one byte; -1 at the end. */
    int read(byte[] bytes, int from, int length) throws IOException;
}
