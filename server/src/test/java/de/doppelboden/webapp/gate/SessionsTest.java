package de.doppelboden.webapp.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.webapp.gate.AppSides.Health;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionsTest extends AppTest {

    private void exerciseWith(String... slices) {
        var order = new Order.Prove(Slice.named(slices), Slice.NOBODY, "person", "a test");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gate.portal.cycle().order(order).action() == Decision.Action.EXERCISE);
    }

    @Test
    void whoHasWrittenInAnExerciseReadsWhereItIs() throws Exception {
        start("state: separate", "session-cookie: SITZUNG");
        exerciseWith("reads", "writes");

        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=reads").body()).startsWith("STANDBY");
        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=writes").body()).startsWith("STANDBY");
        assertThat(gate.post("/app/mail", "Cookie", "SITZUNG=writes").body()).startsWith("PRIMARY");
        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=writes").body()).startsWith("PRIMARY");
        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=reads").body()).startsWith("STANDBY");
    }

    @Test
    void anExerciseTakesNobodysSessionAway() throws Exception {
        start("state: shared", "session-cookie: SITZUNG", "shared-sessions: false");
        exerciseWith("known");

        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=known").body()).startsWith("PRIMARY");
        assertThat(gate.state()).isEqualTo(State.EXERCISING);
    }

    @Test
    void aSessionThatOnlyTheStandbyKnowsStaysThereWhenTheOthersGoBack() throws Exception {
        start("state: shared", "equivalent: true", "session-cookie: SITZUNG", "shared-sessions: false");
        onStandby();
        var begun = gate.post("/anmelden");
        String cookies = begun.headers().allValues("set-cookie").stream()
                .map(line -> line.substring(0, line.indexOf(';')))
                .collect(java.util.stream.Collectors.joining("; "));
        assertThat(cookies).contains("SITZUNG=STANDBY", "doppelboden-portal=standby");

        sides.primary().revive();
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            gate.crowd(4, "/app/mail");
            return gate.state() == State.NORMAL;
        });

        assertThat(gate.get("/app/mail", "Cookie", cookies).body()).startsWith("STANDBY");
        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=andere").body()).startsWith("PRIMARY");
        assertThat(gate.get("/app/mail").body()).startsWith("PRIMARY");
        assertThat(gate.post("/anmelden", "Cookie", "SITZUNG=alt").headers().allValues("set-cookie"))
                .as("a new session at the primary")
                .anyMatch(line -> line.startsWith("doppelboden-portal=;"));
    }

    @Test
    void noRequestOfASessionThatOneSideKnowsIsAskedOfBoth() throws Exception {
        start("state: shared", "equivalent: true", "session-cookie: SITZUNG", "shared-sessions: false");
        sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));
        sides.standby().asked.clear();

        assertThat(gate.get("/app/list?selten", "Cookie", "SITZUNG=x").statusCode())
                .isEqualTo(500);
        assertThat(sides.standby().asked).isEmpty();
    }
}
