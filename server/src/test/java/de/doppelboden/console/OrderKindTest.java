package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.console.ServiceStatus.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderKindTest {

    @Test
    void theBoundOnAReturnCanBeLiftedWhenOnlyAClassIsAway() {
        assertThat(OrderKind.LIFT.offered(Statuses.normal("HEALTHY", "HEALTHY", List.of())))
                .isFalse();
        assertThat(OrderKind.LIFT.offered(
                        Statuses.normal("HEALTHY", "HEALTHY", List.of(new Figure("classes", "/app/list")))))
                .isTrue();
        assertThat(OrderKind.FAIL_BACK.offered(
                        Statuses.normal("HEALTHY", "HEALTHY", List.of(new Figure("classes", "/app/list")))))
                .isFalse();
    }
}
