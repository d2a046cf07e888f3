package de.doppelboden.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.failover.Saved;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Steward;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStateTest {

    private static final Instant NOW = Instant.parse("2026-11-24T11:02:41Z");
    private static final Ownership BEFORE = new Ownership(6, Side.PRIMARY, Slice.NOBODY, NOW, "as ever");
    private static final Ownership CLAIMED =
            new Ownership(7, Side.STANDBY, Slice.named("resident/4711"), NOW, "the primary keeps users waiting");
    private static final Saved SAVED = new Saved(
            State.FAILING_OVER,
            NOW,
            "the primary keeps users waiting",
            Mode.AUTOMATIC,
            true,
            BEFORE,
            Optional.of(Set.of("gateway-2")),
            Set.of(),
            1,
            Optional.of(NOW),
            Optional.empty(),
            Optional.of(NOW));

    @TempDir
    private Path folder;

    @Test
    void aClaimThatTookEffectBeforeTheControllerKnewIsReadBesideTheControllersOwnState() throws Exception {
        var file = new LocalState(folder.resolve("register.json"));
        var kept = new LocalState.Kept(
                SAVED, new Steward.Kept(CLAIMED, Optional.empty()), Optional.empty(), Optional.of(Mode.ADVISE));

        file.write(kept);

        assertThat(file.read()).contains(kept);
    }

    @Test
    void aModeThatAPersonOrderedGoesOnUntilTheConfigurationNamesAnother() throws Exception {
        var file = new LocalState(folder.resolve("register.json"));
        file.write(LocalState.Kept.of(SAVED, Optional.empty(), Optional.of(Mode.OBSERVE)));

        assertThat(LastState.asConfigured(file.read().orElseThrow(), Mode.OBSERVE)
                        .saved()
                        .mode())
                .as("as it was ordered")
                .isEqualTo(Mode.AUTOMATIC);
        var changed = LastState.asConfigured(file.read().orElseThrow(), Mode.ADVISE);
        assertThat(changed.saved().mode()).isEqualTo(Mode.ADVISE);
        assertThat(changed.configured()).contains(Mode.ADVISE);
        var paused = LocalState.Kept.of(SAVED.in(Mode.PAUSED), Optional.empty(), Optional.of(Mode.OBSERVE));
        assertThat(LastState.asConfigured(paused, Mode.ADVISE).saved().mode())
                .as("until a person resumes")
                .isEqualTo(Mode.PAUSED);
    }

    @Test
    void aFileWithoutTheStewardsPartGivesItTheControllersOwnership() throws Exception {
        var path = folder.resolve("register.json");
        var file = new LocalState(path);
        file.write(LocalState.Kept.of(SAVED, Optional.empty(), Optional.empty()));
        String whole = Files.readString(path);
        String earlier = whole.replaceAll(",\"standing\":\\{.*?\\}(?=,\"permit\")", "");
        assertThat(earlier).isNotEqualTo(whole);
        Files.writeString(path, earlier);

        var read = file.read().orElseThrow();

        assertThat(read.saved()).isEqualTo(SAVED);
        assertThat(read.standing()).isEqualTo(new Steward.Kept(BEFORE, Optional.of(Set.of("gateway-2"))));
    }
}
