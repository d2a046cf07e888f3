package de.doppelboden.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final int BUSY_PER_CARRIER = 8;
    private static final int FROM_OUTSIDE = 20;

    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Thread> busy = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        ended.set(true);
        for (var thread : busy) {
            thread.join();
        }
    }

    @Test
    void whoIsWokenFromOutsideGetsATurnThoughAllCarriersAreBusy() throws Exception {
        int most = BUSY_PER_CARRIER * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < most; i++) {
            busy.add(Thread.ofVirtual().start(this::beBusy));
        }
        for (int i = 0; i < FROM_OUTSIDE; i++) {
            var came = new CountDownLatch(1);
            Thread.ofVirtual().start(came::countDown);
            assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void beBusy() {
        while (!ended.get()) {
            Turns.pass();
        }
    }
}
