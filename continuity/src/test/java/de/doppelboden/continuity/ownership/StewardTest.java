package de.doppelboden.continuity.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.LeaseSettings;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StewardTest {

    private final SteppedTime time = new SteppedTime();
    private final MemoryStore store = new MemoryStore();
    private final List<Steward.Kept> kept = new ArrayList<>();

    private Steward steward(String name) {
        return new Steward(
                name, LeaseSettings.DEFAULT, time, new Steward.Kept(store.ownership, Optional.empty()), kept::add);
    }

    private void talk(Duration duration, Steward... stewards) {
        var end = time.nanos() + duration.toNanos();
        while (time.nanos() - end < 0) {
            for (var steward : stewards) {
                steward.exchange(store);
            }
            time.pass(LeaseSettings.DEFAULT.renew());
        }
    }

    @Test
    void mayNotActBeforeTheStoreHasSpoken() {
        assertThat(steward("east").entitled(time.nanos())).isFalse();
    }

    @Test
    void goesOnAloneForEverWithoutTheStore() {
        var east = steward("east");
        talk(Duration.ofSeconds(1), east);

        store.away = true;
        talk(Duration.ofHours(1), east);

        assertThat(east.entitled(time.nanos())).isTrue();
    }

    @Test
    void withAPeerItsRightEndsWithItsLeaseUnlessThePeerVouches() {
        var east = steward("east");
        var west = steward("west");
        talk(Duration.ofSeconds(2), east, west);
        store.away = true;

        talk(Duration.ofSeconds(3), east);
        assertThat(east.entitled(time.nanos())).isFalse();
        assertThat(east.needsVouchOf()).contains("west");
        assertThat(west.vouch("east", 0)).isTrue();
        east.vouched("west", 0, time.nanos());

        assertThat(east.entitled(time.nanos())).isTrue();
    }

    @Test
    void aPeerThatWantsToClaimVouchesForNobody() {
        var east = steward("east");
        var west = steward("west");
        talk(Duration.ofSeconds(2), east, west);

        west.want(Side.STANDBY, Slice.NOBODY, "the primary is ill");

        assertThat(west.vouch("east", 0)).isFalse();
    }

    @Test
    void aClaimWaitsUntilTheOtherHasYielded() {
        var east = steward("east");
        var west = steward("west");
        talk(Duration.ofSeconds(2), east, west);
        east.want(Side.STANDBY, Slice.NOBODY, "the primary is ill");

        east.exchange(store);
        assertThat(store.ownership.owner()).isEqualTo(Side.PRIMARY);
        west.exchange(store);
        assertThat(west.entitled(time.nanos())).isFalse();
        east.exchange(store);

        assertThat(store.ownership.owner()).isEqualTo(Side.STANDBY);
        assertThat(east.answer()).containsInstanceOf(Claim.Granted.class);
    }

    @Test
    void aSilentGatewayIsWaitedForUntilItsLeaseHasEnded() {
        var east = steward("east");
        var west = steward("west");
        talk(Duration.ofSeconds(2), east, west);
        east.want(Side.STANDBY, Slice.NOBODY, "the primary is ill");

        talk(Duration.ofMillis(1500), east);
        assertThat(store.ownership.owner()).isEqualTo(Side.PRIMARY);
        assertThat(west.entitled(time.nanos())).isFalse();
        talk(Duration.ofSeconds(1), east);

        assertThat(store.ownership.owner()).isEqualTo(Side.STANDBY);
    }

    @Test
    void isToldWhenTheJournalIsNotInThePrimaryYet() {
        var east = steward("east");
        store.open = 3;
        talk(Duration.ofSeconds(1), east);

        east.want(Side.PRIMARY, Slice.NOBODY, "the primary has proven itself");
        talk(Duration.ofSeconds(1), east);

        assertThat(east.answer()).contains(new Claim.Unready(3));
        assertThat(store.ownership.epoch()).isZero();
        assertThat(east.entitled(time.nanos())).isTrue();
    }

    @Test
    void keepsOnTheDiskWhatItReliesOnBeforeTheStoreIsToldOtherwise() {
        var east = steward("east");
        talk(Duration.ofSeconds(1), east);
        assertThat(kept.getLast().company()).contains(Set.of());

        talk(Duration.ofMillis(250), steward("west"));
        talk(Duration.ofMillis(250), east);

        assertThat(kept).anySatisfy(known -> assertThat(known.company()).isEmpty());
    }

    @Test
    void leavesSoThatNobodyWaits() throws Exception {
        var east = steward("east");
        var west = steward("west");
        talk(Duration.ofSeconds(2), east, west);

        west.leave(store);
        east.want(Side.STANDBY, Slice.NOBODY, "the primary is ill");
        talk(Duration.ofMillis(500), east);

        assertThat(west.entitled(time.nanos())).isFalse();
        assertThat(store.ownership.owner()).isEqualTo(Side.STANDBY);
    }
}
