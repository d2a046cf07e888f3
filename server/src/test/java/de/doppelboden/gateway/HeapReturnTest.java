package de.doppelboden.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeapReturnTest {

    private final Played heap = new Played();
    private final HeapReturn given = new HeapReturn(heap);

    @Test
    void aBusyProcessIsLeftAlone() {
        for (int look = 0; look < 10; look++) {
            heap.used += 10;
            heap.young++;
            given.look();
        }

        assertEquals(0, heap.whole);
    }

    @Test
    void whatGrewOldIsGivenBackAtTheFirstQuietLook() {
        busyUntil(100);

        given.look();

        assertEquals(1, heap.whole);
        assertEquals(Played.NEEDED, heap.used);
    }

    @Test
    void onceGivenBackItIsNotTriedAgainUntilMuchWasTaken() {
        busyUntil(100);
        for (int look = 0; look < 10; look++) {
            given.look();
            heap.used++;
        }
        assertEquals(1, heap.whole);

        busyUntil(100);
        given.look();

        assertEquals(2, heap.whole);
    }

    @Test
    void whatIsReallyNeededIsNotCollectedAgainAndAgain() {
        heap.live = 120;
        busyUntil(130);
        for (int look = 0; look < 10; look++) {
            given.look();
        }

        assertEquals(1, heap.whole);
    }

    private void busyUntil(long used) {
        heap.used = used;
        heap.young++;
        given.look();
    }

    /** In megabytes; a whole collection leaves what is alive. */
    private static final class Played implements HeapReturn.Heap {

        private static final long NEEDED = 17;
        private long used = NEEDED;
        private long live = NEEDED;
        private long young;
        private long whole;

        @Override
        public long collections() {
            return young + whole;
        }

        @Override
        public long used() {
            return used << 20;
        }

        @Override
        public void collect() {
            used = live;
            whole++;
        }
    }
}
