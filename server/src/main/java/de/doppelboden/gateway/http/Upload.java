package de.doppelboden.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams the rest of a user's body to a side, on a virtual thread of its own, because a side may answer before the body has
 * ended. What it then does not want is read and dropped for a moment; it is never read as the next request.
 */
final class Upload {

    private static final Logger log = LoggerFactory.getLogger(Upload.class);
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** A side that knows nothing of being asked first says nothing, and gets the body after that. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Exchange exchange;
    private final SideLine side;
    private final Duration answerTime;
    private final Thread thread;
    private volatile @Nullable IOException usersFault;
    private volatile boolean whole;
    private volatile boolean sideGone;
    private volatile boolean unwanted;

    /** Closed until the side has spoken, if it is to say first that it wants the body. */
    private final CountDownLatch heard;

    private Upload(Exchange exchange, SideLine side, boolean asks, Duration answerTime) {
        this.exchange = exchange;
        this.side = side;
        this.answerTime = answerTime;
        this.heard = new CountDownLatch(asks ? 1 : 0);
        this.thread = Thread.ofVirtual().name("upload").unstarted(this::run);
    }

    /** @param asks whether the side has been asked whether it wants the body */
    static Upload start(Exchange exchange, SideLine side, boolean asks, Duration answerTime) {
        var upload = new Upload(exchange, side, asks, answerTime);
        exchange.uploading(upload);
        upload.thread.start();
        return upload;
    }

    private void run() {
        if (isWanted()) {
            stream();
        }
    }

    private void stream() {
        var body = exchange.body();
        var source = exchange.line().source();
        try {
            if (!exchange.beginBody()) {
                return;
            }
            toSide(ByteBuffer.wrap(exchange.held()));
            while (true) {
                if (!body.ready() && !sideGone) {
                    flush();
                }
                var piece = body.next();
                if (piece == null) {
                    break;
                }
                toSide(piece);
            }
            end(body);
        } catch (IOException fault) {
            usersFault =
                    exchange.line().reading().expired() ? new Malformed(408, "the body did not come in time") : fault;
            side.abort(); // the side must not take a part for the whole
        } finally {
            body.release();
            source.endPace();
        }
    }

    private boolean isWanted() {
        if (waits()) {
            flush();
            try {
                if (!heard.await(SILENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.debug("a side does not say whether it wants a body, and gets it");
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !unwanted;
    }

    /** Whether the side has not said yet that it wants the body, and nobody has given up waiting for that. */
    boolean waits() {
        return heard.getCount() > 0;
    }

    /**
     * The side has spoken before it had the body. The user is asked for it here, before she gets an answer, unless that refuses her
     * request.
     */
    void heard(int status) throws IOException {
        if (!waits()) {
            return;
        }
        try {
            unwanted = status >= 300 || !exchange.beginBody();
        } catch (IOException gone) {
            usersFault = gone;
            unwanted = true;
            throw gone;
        } finally {
            heard.countDown();
        }
    }

    /** The side says nothing any more: if the body has not begun, nobody wants it. */
    void dropped() {
        if (waits()) {
            unwanted = true;
            heard.countDown();
        }
    }

    private void toSide(ByteBuffer piece) {
        if (sideGone) {
            return;
        }
        try {
            side.sink().body(piece);
        } catch (IOException gone) {
            sideGone(gone);
        }
    }

    private void flush() {
        try {
            side.sink().flush();
        } catch (IOException gone) {
            sideGone(gone);
        }
    }

    private void end(Body body) {
        if (sideGone) {
            return;
        }
        try {
            side.sink().end(body.trailers());
            side.deadline().within(answerTime);
            side.sink().sent();
            whole = true;
            exchange.uploaded();
        } catch (IOException gone) {
            sideGone(gone);
        }
    }

    /** The side may have answered and closed; its answer, if there is one, is still read by the waiting thread. */
    private void sideGone(IOException gone) {
        log.debug("a side takes no more of a body: {}", gone.getMessage());
        sideGone = true;
    }

    boolean whole() {
        return whole;
    }

    /** If it was the user who stopped or sent a bad body, that is what went wrong, not the side. */
    void throwUsersFault() throws IOException {
        var fault = usersFault;
        if (fault != null) {
            throw fault;
        }
    }

    /** Called after the answer: waits for the end, or for a moment and then ends it. */
    void finish() {
        dropped();
        if (!thread.isAlive()) {
            return;
        }
        sideGone = true;
        side.abort();
        exchange.line().answerEnds();
        try {
            if (!thread.join(LINGER)) {
                exchange.line().cut();
                thread.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
