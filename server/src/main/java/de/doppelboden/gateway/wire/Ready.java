package de.doppelboden.gateway.wire;

import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What is known of one connection: whether there is something to read, room to write, and who waits for it. */
final class Ready {

    private static final Object YES = new Object();
    private static final Object OFF = new Object();

    private final Readiness readiness;
    private final AtomicReference<@Nullable Object> reader = new AtomicReference<>();
    private final AtomicReference<@Nullable Object> writer = new AtomicReference<>();
    private final SelectionKey key;

    Ready(Readiness readiness, SelectionKey key) {
        this.readiness = readiness;
        this.key = key;
    }

    /** Blocks until there may be something to read. */
    void awaitRead() {
        var me = Thread.currentThread();
        if (!reader.compareAndSet(null, me)) {
            if (reader.getAndSet(null) == OFF) {
                key.interestOpsOr(SelectionKey.OP_READ);
                readiness.changed();
            }
            return;
        }
        while (reader.get() == me) {
            LockSupport.park(this);
        }
        reader.compareAndSet(YES, null);
    }

    void awaitWrite() {
        var me = Thread.currentThread();
        if (!writer.compareAndSet(null, me)) {
            writer.set(null);
            return;
        }
        key.interestOpsOr(SelectionKey.OP_WRITE);
        readiness.changed();
        while (writer.get() == me) {
            LockSupport.park(this);
        }
        writer.set(null);
    }

    void tell() {
        if (key.isReadable()) {
            var was = reader.getAndSet(YES);
            if (was instanceof Thread waiting) {
                LockSupport.unpark(waiting);
            } else if (was != null) {
                key.interestOpsAnd(~SelectionKey.OP_READ);
                reader.compareAndSet(YES, OFF);
            }
        }
        if (key.isWritable()) {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            wake(writer);
        }
    }

    /** The connection is closed. */
    void wake() {
        wake(reader);
        wake(writer);
    }

    private static void wake(AtomicReference<@Nullable Object> who) {
        if (who.getAndSet(YES) instanceof Thread waiting) {
            LockSupport.unpark(waiting);
        }
    }
}
