package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSource;
import de.doppelboden.gateway.wire.Deadline;

/** A user's end of one exchange: her HTTP/1.1 connection, or one stream of her HTTP/2 connection. */
interface Line {

    /** Where her request's body comes from. */
    ByteSource source();

    AnswerSink sink();

    /** Bounds the wait for her. */
    Deadline reading();

    UserConnection connection();

    default HttpLimits limits() {
        return connection().limits();
    }

    default Handler handler() {
        return connection().handler();
    }

    /** Her connection is to end after this answer. */
    boolean draining();

    /** She has her answer; what still comes of her body is not wanted. */
    void answerEnds();

    /** Runs that, on any thread, once it is known that the user has gone. */
    void whenGone(Runnable leave);

    boolean gone();

    /** Nothing but this answer comes on this line any more: looks whether the user goes away within it. */
    void watch();

    /** Ends it at once, so that she sees that what she has is not whole. */
    void cut();
}
