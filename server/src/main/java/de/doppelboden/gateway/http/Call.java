package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * One request to a side. The calling thread waits for the head of the answer; any other thread may {@link #withdraw} the call
 * meanwhile, which ends the wait and the connection at once. Close it when the answer has been passed on.
 */
public final class Call implements AutoCloseable {

    /** How the wait for the head of the answer ended. */
    public sealed interface Answer permits Responded, Upgraded, Unreachable, Broken, Overdue, Withdrawn {}

    /** The side answers; the body follows behind what was {@link #read} of it so far. */
    public static final class Responded implements Answer {

        private final ResponseHead head;
        private final Body body;
        private final SideLine line;
        private final boolean endless;
        private byte[] read = new byte[0];
        private List<String> withheld = List.of();

        Responded(ResponseHead head, Body body, SideLine line, boolean endless) {
            this.head = head;
            this.body = body;
            this.line = line;
            this.endless = endless;
        }

        public ResponseHead head() {
            return head;
        }

        /** Reads up to {@code most} bytes of the body ahead of passing it on; less only if it is shorter. */
        public byte[] readAhead(int most) throws IOException {
            if (read.length == 0 && !body.ended()) {
                read = body.read(most);
            }
            return read;
        }

        /** From now on each byte of the body that is read, for whatever purpose, is added to the sum; by the thread that reads. */
        public void summedBy(Checksum sum) {
            body.summedBy(sum);
        }

        /** There can be no body: it answers a HEAD, or its status says so. */
        public boolean bodiless() {
            return body.framing() instanceof Framing.None;
        }

        /** Reads the rest of the body, or its first {@code most} bytes and few more, and throws it away. */
        public void drain(int most) throws IOException {
            try {
                for (int left = most; left > 0; ) {
                    var piece = body.next();
                    if (piece == null) {
                        return;
                    }
                    left -= piece.remaining();
                }
            } finally {
                body.release();
            }
        }

        /** Whether all of it has been read. */
        public boolean whole() {
            return body.ended();
        }

        byte[] read() {
            return read;
        }

        /** Does not pass on fields whose names begin so, in lower case. */
        public Responded withholding(String... prefixes) {
            withheld = List.of(prefixes);
            return this;
        }

        List<String> withheld() {
            return withheld;
        }

        Body body() {
            return body;
        }

        ByteSource source() {
            return line.source();
        }

        /** A stream of events: it says nothing for long, has no end of its own, and is asked for anew when it breaks. */
        public boolean endless() {
            return endless;
        }

        /** Ends it now, and the connection with it. Any thread, at any time; only of an answer that is {@link #endless}. */
        public void abandon() {
            line.abort();
        }
    }

    /** 101: both directions are the users' own from here on. */
    public record Upgraded(ResponseHead head) implements Answer {}

    /** No connection: the side has seen nothing of the request. */
    public record Unreachable(String reason) implements Answer {}

    /** The connection broke, or what came is not HTTP; the side may have carried the request out. */
    public record Broken(String reason) implements Answer {}

    /** Nothing came in time; the side may have carried the request out. */
    public record Overdue() implements Answer {}

    /** Another thread did not want to wait any longer. */
    public record Withdrawn() implements Answer {}

    private enum Stage {
        NEW,
        WAITING,
        ANSWERED,
        WITHDRAWN
    }

    private final SidePool pool;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.NEW);
    private volatile @Nullable Runnable abort;
    private @Nullable SideLine line;
    private @Nullable Exchange user;
    private @Nullable Upload upload;
    private @Nullable Body answerBody;
    private boolean reusable;
    private boolean refusesToBeAsked;
    private volatile boolean sent;

    public Call(SidePool pool) {
        this.pool = pool;
    }

    /** Sends a request that is whole and waits for the head of the answer. */
    public Answer send(SideRequest request) throws IOException {
        return send(request, null, null);
    }

    /** Sends a user's request, streaming what was not held of its body. */
    public Answer send(SideRequest request, Exchange exchange) throws IOException {
        user = exchange;
        boolean streams = exchange.hasBody() && !exchange.body().ended();
        return streams ? send(request, exchange, null) : send(request, null, Tunnel.wanted(exchange.request()));
    }

    private Answer send(SideRequest request, @Nullable Exchange streamed, @Nullable String upgrade) throws IOException {
        if (!stage.compareAndSet(Stage.NEW, Stage.WAITING)) {
            return new Withdrawn();
        }
        var answer = attempt(request, streamed, upgrade, false);
        boolean again = answer instanceof Broken && (streamed == null ? notSeen(request) : refusesToBeAsked);
        return again ? attempt(request, streamed, upgrade, true) : answer;
    }

    /** Whether the side has not seen the request, or will not look at it; then its connection is given up. */
    private boolean notSeen(SideRequest request) {
        var last = line;
        if (last == null || stage.get() != Stage.WAITING || !(last.untouched() || request.safe() && stale(last))) {
            return false;
        }
        line = null;
        pool.discard(last);
        return true;
    }

    /** A kept connection that ends without a byte was closed by the side before it saw the request. */
    private static boolean stale(SideLine last) {
        return last.used() && last.source().buffered() == 0;
    }

    private Answer attempt(SideRequest request, @Nullable Exchange streamed, @Nullable String upgrade, boolean fresh)
            throws IOException {
        SideLine to;
        try {
            to = pool.acquire(fresh, upgrade != null, this::connecting);
        } catch (IOException refused) {
            if (stage.get() == Stage.WITHDRAWN) {
                return new Withdrawn();
            }
            return new Unreachable(String.valueOf(refused.getMessage()));
        }
        line = to;
        connecting(to::abort);
        if (stage.get() == Stage.WITHDRAWN) {
            return new Withdrawn();
        }
        try {
            to.deadline().within(pool.limits().answerTime());
            write(to, request, streamed, upgrade);
            return head(to, request, upgrade);
        } catch (IOException broken) {
            return failure(to, broken);
        }
    }

    /** Whether the side may have seen any of the request. */
    public boolean sent() {
        return sent;
    }

    private void write(SideLine to, SideRequest request, @Nullable Exchange streamed, @Nullable String upgrade)
            throws IOException {
        sent = true;
        if (streamed == null) {
            request.write(to.sink(), pool.authority(), null, false, upgrade);
            to.sink().sent();
            return;
        }
        boolean asks = streamed.waits() && !refusesToBeAsked;
        request.write(to.sink(), pool.authority(), streamed.body().framing().passedOn(), asks, upgrade);
        to.deadline().clear(); // an upload may take long; its own pace bounds it, and its end starts the wait
        upload = Upload.start(streamed, to, asks, pool.limits().answerTime());
    }

    private Answer head(SideLine to, SideRequest request, @Nullable String upgrade) throws IOException {
        ResponseHead head = finalHead(to, upgrade);
        to.deadline().clear();
        if (!stage.compareAndSet(Stage.WAITING, Stage.ANSWERED)) {
            return new Withdrawn();
        }
        if (head.status() == 101) {
            return new Upgraded(head);
        }
        var framing = to.framing(head, request.method());
        var body = new Body(to.source(), framing, Long.MAX_VALUE, 502);
        if (!body.here()) {
            to.source().widen();
        }
        answerBody = body;
        boolean endless = head.endless();
        boolean ours = !request.authenticatesConnection() && !head.authenticatesConnections();
        reusable = head.staysOpen() && ours && !endless && !(framing instanceof Framing.UntilClose);
        return new Responded(head, body, to, endless);
    }

    /** Interim answers go on to the user (RFC 9110 section 15.2) but for 100, with which the upload begins. */
    private ResponseHead finalHead(SideLine to, @Nullable String upgrade) throws IOException {
        for (int interim = 0; interim < 8; interim++) {
            var head = to.head(pool.limits());
            if (head == null) {
                throw new IOException("the side closed the connection without an answer");
            }
            if (upload != null && (head.status() == 100 || head.status() >= 200)) {
                heard(upload, to, head.status());
            }
            if (head.status() >= 200 || (head.status() == 101 && upgrade != null)) {
                return head;
            }
            if (head.status() == 101) {
                throw new Malformed(502, "the side changes to a protocol that nobody asked for");
            }
            if (user != null && head.status() != 100) {
                user.interim(head);
            }
        }
        throw new Malformed(502, "the side sends interim answers only");
    }

    /** A side that knows no expectation (417) is asked anew without it: it has nothing of the body. */
    private void heard(Upload of, SideLine to, int status) throws IOException {
        if (status == 417 && of.waits()) {
            refusesToBeAsked = true;
            of.dropped();
            line = null;
            pool.discard(to);
            throw new IOException("the side does not let itself be asked whether it wants a body");
        }
        of.heard(status);
    }

    private Answer failure(SideLine to, IOException broken) throws IOException {
        if (upload != null) {
            upload.dropped();
        }
        if (stage.get() == Stage.WITHDRAWN) {
            return new Withdrawn();
        }
        if (upload != null) {
            upload.throwUsersFault();
        }
        return to.deadline().expired() ? new Overdue() : new Broken(String.valueOf(broken.getMessage()));
    }

    /**
     * Ends the wait for the answer and the connection with it. True if the call was still waiting: its sender then gets
     * {@link Withdrawn}. False if the answer had begun.
     */
    public boolean withdraw() {
        boolean waiting =
                stage.compareAndSet(Stage.WAITING, Stage.WITHDRAWN) || stage.compareAndSet(Stage.NEW, Stage.WITHDRAWN);
        var under = abort;
        if (waiting && under != null) {
            under.run();
        }
        return waiting;
    }

    private void connecting(Runnable end) {
        abort = end;
        if (stage.get() == Stage.WITHDRAWN) {
            end.run();
        }
    }

    /** Ends an {@link Upgraded} call now. Any thread. */
    public void end() {
        var under = abort;
        if (under != null) {
            under.run();
        }
    }

    /** The connection of an {@link Upgraded} call. */
    SideConnection upgraded() {
        if (line instanceof SideConnection connection) {
            return connection;
        }
        throw new IllegalStateException("the call has no connection");
    }

    @Override
    public void close() {
        var to = line;
        if (to == null) {
            return;
        }
        line = null;
        boolean uploaded = upload == null || upload.whole();
        if (reusable
                && uploaded
                && answerBody != null
                && answerBody.ended()
                && to.source().buffered() == 0) {
            pool.giveBack(to);
        } else {
            pool.discard(to);
        }
    }
}
