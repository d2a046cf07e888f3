package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Passes the body of a side's answer on to a user as it comes, and tells whose time it takes. Used by the user's thread. */
final class Delivery implements AutoCloseable {

    /** More than this lies ready nowhere: what comes behind it comes as fast as the user takes it. */
    private static final int ENOUGH = 64 * 1024;

    /** A write that lasts longer waits for the user. */
    private static final Duration HELD = Duration.ofMillis(40);

    private final Line line;
    private final Call.Responded answer;
    private final Body side;
    private final Exchange.Passing told;
    private @Nullable Deadline herTime;
    private boolean delivered;
    private long come;

    Delivery(Line line, Call.Responded answer, Exchange.Passing told) {
        this.line = line;
        this.answer = answer;
        this.side = answer.body();
        this.told = told;
    }

    /** Behind the head. False if the side has stopped within its answer. */
    boolean whole() throws IOException {
        byte[] before = answer.read();
        write(ByteBuffer.wrap(before));
        var limits = line.limits();
        answer.source().pace(answer.endless() ? limits.tunnelTime() : limits.bodyTime());
        while (true) {
            if (!side.ready()) {
                flush();
            }
            ByteBuffer piece;
            try {
                piece = side.next();
            } catch (IOException broken) {
                return false;
            }
            if (piece == null) {
                break;
            }
            write(piece);
        }
        line.sink().end(side.trailers());
        flush();
        return true;
    }

    private void write(ByteBuffer piece) throws IOException {
        come += piece.remaining();
        begins();
        line.sink().body(piece);
        ends();
    }

    private void flush() throws IOException {
        begins();
        line.sink().flush();
        ends();
    }

    /** A write begins, which may wait for the user. */
    private void begins() {
        if (delivered) {
            return;
        }
        if (side.here() || come >= ENOUGH || answer.endless()) {
            delivered = true;
            told.delivered();
            return;
        }
        if (herTime == null) {
            herTime = line.connection().deadlines().watch(told::held);
        }
        herTime.within(HELD);
    }

    private void ends() {
        if (herTime != null) {
            herTime.clear();
        }
    }

    @Override
    public void close() {
        if (herTime != null) {
            herTime.close();
        }
        side.release();
        answer.source().endPace();
    }
}
