package de.doppelboden.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapReturnTest {

    private final Played heap = new Played();
    private final HeapReturn given = new HeapReturn(heap);

    @Test
    void aBusyProcessIsLeftAlone() {
        for (int look = 0; look < 10; look++) {
            heap.used += 10;
            heap.requests += HeapReturn.FEW + 1;
            given.look(heap.requests);
        }

        assertThat(heap.whole).isEqualTo(0);
    }

    @Test
    void whatGrewOldIsGivenBackWhenItHasBeenQuietForAWhile() {
        busyUntil(100);

        quiet(HeapReturn.QUIET_LOOKS - 1);
        assertThat(heap.whole).isZero();
        quiet(1);

        assertThat(heap.whole).isEqualTo(1);
        assertThat(heap.used).isEqualTo(Played.NEEDED);
    }

    @Test
    void onceGivenBackItIsNotTriedAgainUntilMuchWasTaken() {
        busyUntil(100);
        for (int look = 0; look < 10; look++) {
            given.look(heap.requests);
            heap.used++;
        }
        assertThat(heap.whole).isEqualTo(1);

        busyUntil(100);
        quiet(HeapReturn.QUIET_LOOKS);

        assertThat(heap.whole).isEqualTo(2);
    }

    @Test
    void whatIsReallyNeededIsNotCollectedAgainAndAgain() {
        heap.live = 120;
        busyUntil(130);
        for (int look = 0; look < 10; look++) {
            given.look(heap.requests);
        }

        assertThat(heap.whole).isEqualTo(1);
    }

    private void quiet(int looks) {
        for (int look = 0; look < looks; look++) {
            given.look(heap.requests);
        }
    }

    private void busyUntil(long used) {
        heap.used = used;
        heap.requests += HeapReturn.FEW + 1;
        given.look(heap.requests);
    }

    /** In megabytes; a whole collection leaves what is alive. */
    private static final class Played implements HeapReturn.Heap {

        private static final long NEEDED = 17;
        private long used = NEEDED;
        private long live = NEEDED;
        private long requests;
        private long whole;

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
