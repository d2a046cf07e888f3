package de.doppelboden.gateway.wire;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded stock of large buffers outside the heap, for bodies that come as fast as they are read: fewer reads and writes for
 * each byte, and no copy of it between the two.
 */
public final class Bulk {

    public static final int BYTES = 64 * 1024;
    private static final int MOST = 64;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final ByteBuffer[] STOCK = new ByteBuffer[MOST];
    private static int count;
    private static int made;

    private Bulk() {}

    /** Null while all are lent: a body goes on without, in smaller pieces. */
    public static @Nullable ByteBuffer take() {
        LOCK.lock();
        try {
            if (count > 0) {
                return STOCK[--count];
            }
            if (made == MOST) {
                return null;
            }
            made++;
        } finally {
            LOCK.unlock();
        }
        return ByteBuffer.allocateDirect(BYTES);
    }

    public static void give(ByteBuffer buffer) {
        LOCK.lock();
        try {
            STOCK[count++] = buffer;
        } finally {
            LOCK.unlock();
        }
    }
}
