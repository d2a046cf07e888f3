package de.doppelboden.gateway.http;

import java.io.IOException;

/** Where a user gets her answers. */
interface AnswerSink extends MessageSink {

    /** 100: the user waits to be asked for her body (RFC 9110 section 10.1.1). */
    void proceed() throws IOException;

    /** Another interim answer (RFC 9110 section 15.2), whole. */
    void interim(int status, Headers fields) throws IOException;

    /**
     * Begins an answer.
     *
     * @param http10 the user speaks HTTP/1.0
     * @param closes no other answer follows on this connection
     */
    void status(int status, boolean http10, boolean closes) throws IOException;
}
