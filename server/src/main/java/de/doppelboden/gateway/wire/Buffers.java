package de.doppelboden.gateway.wire;

import java.util.concurrent.locks.ReentrantLock;

/** A bounded stock of byte arrays of one size, so that idle connections hold none and busy ones make no garbage. */
final class Buffers {

    /** What a connection reads and writes with while a request is under way. */
    static final Buffers STOCK = new Buffers(16 * 1024, 256);

    private final ReentrantLock lock = new ReentrantLock();
    private final byte[][] stock;
    private final int size;
    private int count;

    Buffers(int size, int most) {
        this.size = size;
        this.stock = new byte[most][];
    }

    int size() {
        return size;
    }

    byte[] take() {
        lock.lock();
        try {
            if (count > 0) {
                return stock[--count];
            }
        } finally {
            lock.unlock();
        }
        Memory.OF_USERS.taken(size);
        return new byte[size];
    }

    /** Arrays of another size are left to the collector. */
    void give(byte[] buffer) {
        if (buffer.length != size) {
            return;
        }
        lock.lock();
        try {
            if (count < stock.length) {
                stock[count++] = buffer;
            }
        } finally {
            lock.unlock();
        }
    }
}
