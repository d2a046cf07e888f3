package de.doppelboden.gateway.http;

import java.time.Duration;

/**
 * Bounds of everything that a peer can make us hold or wait for.
 *
 * @param lineBytes one line of a head
 * @param headBytes a whole head
 * @param fields header fields of one message
 * @param bodyBytes a user's body
 * @param heldBytes a body up to this size is read whole before it is passed on, so that it can be offered again
 * @param headTime from a head's first byte to its last
 * @param idleTime between two requests of a user
 * @param bodyTime between two pieces of a body, in both directions; a peer must also keep up {@code bodyRate}
 * @param bodyRate bytes a second that a body must make on average
 * @param connectTime for a connection to a side
 * @param answerTime from a request to the head of a side's answer
 * @param pooledTime how long a connection to a side is kept unused; shorter than what servers allow
 * @param pooled unused connections to a side
 * @param tunnelTime without a byte in an upgraded connection
 */
public record HttpLimits(
        int lineBytes,
        int headBytes,
        int fields,
        long bodyBytes,
        int heldBytes,
        Duration headTime,
        Duration idleTime,
        Duration bodyTime,
        int bodyRate,
        Duration connectTime,
        Duration answerTime,
        Duration pooledTime,
        int pooled,
        Duration tunnelTime) {

    public static HttpLimits defaults() {
        return new HttpLimits(
                8 * 1024,
                32 * 1024,
                100,
                10L * 1024 * 1024 * 1024,
                64 * 1024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(30),
                512,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                256,
                Duration.ofMinutes(10));
    }

    public HttpLimits withBodyBytes(long most) {
        return new HttpLimits(
                lineBytes,
                headBytes,
                fields,
                most,
                heldBytes,
                headTime,
                idleTime,
                bodyTime,
                bodyRate,
                connectTime,
                answerTime,
                pooledTime,
                pooled,
                tunnelTime);
    }

    public HttpLimits withUserTimes(Duration head, Duration idle, Duration body) {
        return new HttpLimits(
                lineBytes,
                headBytes,
                fields,
                bodyBytes,
                heldBytes,
                head,
                idle,
                body,
                bodyRate,
                connectTime,
                answerTime,
                pooledTime,
                pooled,
                tunnelTime);
    }

    public HttpLimits withSideTimes(Duration connect, Duration answer) {
        return new HttpLimits(
                lineBytes,
                headBytes,
                fields,
                bodyBytes,
                heldBytes,
                headTime,
                idleTime,
                bodyTime,
                bodyRate,
                connect,
                answer,
                pooledTime,
                pooled,
                tunnelTime);
    }
}
