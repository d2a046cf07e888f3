package de.doppelboden.gateway.wire;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** A bounded stock of buffers outside the heap, each large enough for a record of TLS (RFC 8446 section 5.2) or its plain text. */
final class TlsBuffers {

    private static final int SIZE = 18 * 1024;
    private static final int MOST = 512;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final ByteBuffer[] STOCK = new ByteBuffer[MOST];
    private static int count;
    private static int made;

    private TlsBuffers() {}

    /** Empty, for writing. When many are lent, it lies on the heap, which is slower, and bounded by others. */
    static ByteBuffer take() {
        LOCK.lock();
        try {
            if (count > 0) {
                return STOCK[--count].clear();
            }
            if (made < MOST) {
                made++;
                return ByteBuffer.allocateDirect(SIZE);
            }
        } finally {
            LOCK.unlock();
        }
        return ByteBuffer.allocate(SIZE);
    }

    /** Buffers that are not ours are left to the collector. */
    static void give(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return;
        }
        LOCK.lock();
        try {
            STOCK[count++] = buffer;
        } finally {
            LOCK.unlock();
        }
    }
}
