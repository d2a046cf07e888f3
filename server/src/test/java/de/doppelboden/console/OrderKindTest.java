package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.console.ServiceStatus.Figure;
import de.doppelboden.console.ServiceStatus.Judgement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderKindTest {

    private static ServiceStatus normal(List<Figure> details) {
        return new ServiceStatus(
                "portal",
                "Schulportal",
                "AUTOMATIC",
                "NORMAL",
                "PRIMARY",
                Optional.empty(),
                "",
                1,
                new Judgement("HEALTHY", "HEALTHY", "", List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                details,
                Optional.empty());
    }

    @Test
    void theBoundOnAReturnCanBeLiftedWhenOnlyAClassIsAway() {
        assertThat(OrderKind.LIFT.offered(normal(List.of()))).isFalse();
        assertThat(OrderKind.LIFT.offered(normal(List.of(new Figure("classes", "/app/list")))))
                .isTrue();
        assertThat(OrderKind.FAIL_BACK.offered(normal(List.of(new Figure("classes", "/app/list")))))
                .isFalse();
    }
}
