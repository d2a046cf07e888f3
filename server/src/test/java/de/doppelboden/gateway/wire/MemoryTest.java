package de.doppelboden.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private final Memory memory = new Memory(1_000);
    private final List<One> all = new ArrayList<>();

    private final class One implements Memory.Holder {
        private final String client;
        private final long held;
        private boolean dropped;

        One(String client, long held) {
            this.client = client;
            this.held = held;
            memory.add(this);
            all.add(this);
        }

        @Override
        public Object client() {
            return client;
        }

        @Override
        public long held() {
            return dropped ? 0 : held;
        }

        @Override
        public void drop() {
            dropped = true;
        }
    }

    private long left(String client) {
        return all.stream()
                .filter(one -> one.client.equals(client) && !one.dropped)
                .count();
    }

    @Test
    void whoHoldsMostLosesItAndTheOthersNothing() {
        for (int i = 0; i < 9; i++) {
            new One("greedy", 100);
        }
        for (int i = 0; i < 3; i++) {
            new One("other " + i, 50);
        }

        memory.taken(200);

        assertThat(left("greedy")).as("three quarters may stay").isEqualTo(6);
        assertThat(left("other 0") + left("other 1") + left("other 2")).isEqualTo(3);
    }

    @Test
    void ofOneClientThoseGoFirstThatHoldMost() {
        var small = new One("greedy", 100);
        var large = new One("greedy", 950);

        memory.taken(200);

        assertThat(large.dropped).isTrue();
        assertThat(small.dropped).isFalse();
    }

    @Test
    void nobodyLosesAnythingWhileThereIsEnough() {
        new One("greedy", 990);

        memory.taken(200);

        assertThat(left("greedy")).isEqualTo(1);
    }

    @Test
    void littleIsNotLookedAt() {
        new One("greedy", 2_000);

        memory.taken(99);

        assertThat(left("greedy")).isEqualTo(1);
    }
}
