package de.doppelboden.gateway.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the threads that wait for their connections. One virtual thread asks the system about all of them at once, lets those run for
 * whom something has come, and asks again: the more there is to do, the fewer questions each request costs. The JDK's own way, a
 * registration and an answer for each read that has to wait, costs a system call more for each, and mostly a read in vain.
 */
public final class Readiness {

    private static final Logger log = LoggerFactory.getLogger(Readiness.class);

    static final Readiness ALL = new Readiness();

    private final Selector selector;
    private volatile boolean asleep;

    private Readiness() {
        try {
            selector = Selector.open();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().name("readiness").start(this::run);
    }

    Ready watch(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        var key = channel.register(selector, 0);
        var ready = new Ready(this, key);
        key.attach(ready);
        key.interestOps(SelectionKey.OP_READ);
        changed();
        return ready;
    }

    /** What is to be watched has changed. */
    void changed() {
        if (asleep) {
            selector.wakeup();
        }
    }

    private void run() {
        while (selector.isOpen()) {
            try {
                var n = selector.selectNow(Readiness::tell);
                if (n == 0) {
                    asleep = true;
                    selector.select(Readiness::tell);
                    asleep = false;
                }
                Thread.yield();
            } catch (IOException | RuntimeException bug) {
                log.error("asking which connections are ready failed", bug);
            }
        }
    }

    private static void tell(SelectionKey key) {
        var ready = (Ready) key.attachment();
        try {
            ready.tell();
        } catch (CancelledKeyException closed) {
            ready.wake();
        }
    }
}
