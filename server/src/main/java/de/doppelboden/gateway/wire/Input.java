package de.doppelboden.gateway.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where bytes come from. */
public interface Input {

    /** Blocks until there is at least one byte; -1 at the end. */
    int read(ByteBuffer into) throws IOException;
}
