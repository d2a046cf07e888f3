package de.doppelboden.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes one message after the other to a peer, as HTTP/1.1 or as HTTP/2: its fields, its body, its end. Used by one thread. */
interface MessageSink {

    void field(Headers from, int i) throws IOException;

    /** The caller answers for its having no character that is not allowed. */
    void field(String name, String value) throws IOException;

    /** Ends the head, and says how long the body will be. */
    void bodyFollows(Framing framing) throws IOException;

    /** A piece of the body; it is the caller's again when this returns. */
    void body(ByteBuffer piece) throws IOException;

    /** The message is whole. Trailers go on if the framing has room for them. */
    void end(Headers trailers) throws IOException;

    /** Nothing that was written waits any longer. */
    void flush() throws IOException;
}
