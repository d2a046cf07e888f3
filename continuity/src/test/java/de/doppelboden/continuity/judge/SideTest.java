package de.doppelboden.continuity.judge;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.Side;
import org.junit.jupiter.api.Test;

class SideTest {

    @Test
    void theOtherOfTheOtherSideIsTheSideItself() {
        assertThat(Side.values())
                .allSatisfy(side -> assertThat(side.other().other()).isEqualTo(side));
    }
}
