package de.doppelboden.gateway.http;

import java.util.List;

/** A user's end of one exchange: her HTTP/1.1 connection, or one stream of her HTTP/2 connection. */
interface Line {

    /** Where her request's body comes from. */
    ByteSource source();

    AnswerSink sink();

    /** Bounds the wait for her. */
    Deadline reading();

    HttpLimits limits();

    Handler handler();

    Door.Origin origin(Headers headers);

    /** What the sides are told of her connection. */
    List<Reply.Field> forwarded(Door.Origin origin, String host);

    /** Her connection is to end after this answer. */
    boolean draining();

    /** She has her answer; what still comes of her body is not wanted. */
    void answerEnds();

    /** Ends it at once, so that she sees that what she has is not whole. */
    void cut();
}
