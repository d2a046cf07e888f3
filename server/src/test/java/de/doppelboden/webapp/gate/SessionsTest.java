package de.doppelboden.webapp.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.webapp.gate.AppSides.Health;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = RunningApp.database();

    @RegisterExtension
    final RunningApp app = new RunningApp(DATABASE);

    private void exerciseWith(String... slices) {
        var order = new Order.Prove(Slice.named(slices), Slice.NOBODY, "person", "a test");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> app.gate().portal.cycle().order(order).action() == Decision.Action.EXERCISE);
    }

    @Test
    void whoHasWrittenInAnExerciseReadsWhereItIs() throws Exception {
        app.start("state: separate", "session-cookie: SITZUNG");
        exerciseWith("reads", "writes");

        assertThat(app.gate().get("/app/mail", "Cookie", "SITZUNG=reads").body())
                .startsWith("STANDBY");
        assertThat(app.gate().get("/app/mail", "Cookie", "SITZUNG=writes").body())
                .startsWith("STANDBY");
        assertThat(app.gate().post("/app/mail", "Cookie", "SITZUNG=writes").body())
                .startsWith("PRIMARY");
        assertThat(app.gate().get("/app/mail", "Cookie", "SITZUNG=writes").body())
                .startsWith("PRIMARY");
        assertThat(app.gate().get("/app/mail", "Cookie", "SITZUNG=reads").body())
                .startsWith("STANDBY");
    }

    @Test
    void anExerciseTakesNobodysSessionAway() throws Exception {
        app.start("state: shared", "session-cookie: SITZUNG", "shared-sessions: false");
        exerciseWith("known");

        assertThat(app.gate().get("/app/mail", "Cookie", "SITZUNG=known").body())
                .startsWith("PRIMARY");
        assertThat(app.gate().state()).isEqualTo(State.EXERCISING);
    }

    @Test
    void aSessionThatOnlyTheStandbyKnowsStaysThereWhenTheOthersGoBack() throws Exception {
        app.start("state: shared", "equivalent: true", "session-cookie: SITZUNG", "shared-sessions: false");
        app.onStandby();
        var begun = app.gate().post("/anmelden");
        String cookies = begun.headers().allValues("set-cookie").stream()
                .map(line -> line.substring(0, line.indexOf(';')))
                .collect(Collectors.joining("; "));
        assertThat(cookies).contains("SITZUNG=STANDBY", "doppelboden-portal=standby");

        app.sides.primary().revive();
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            app.gate().crowd(4, "/app/mail");
            return app.gate().state() == State.NORMAL;
        });

        assertThat(app.gate().get("/app/mail", "Cookie", cookies).body()).startsWith("STANDBY");
        assertThat(app.gate().get("/app/mail", "Cookie", "SITZUNG=andere").body())
                .startsWith("PRIMARY");
        assertThat(app.gate().get("/app/mail").body()).startsWith("PRIMARY");
        assertThat(app.gate()
                        .post("/anmelden", "Cookie", "SITZUNG=alt")
                        .headers()
                        .allValues("set-cookie"))
                .as("a new session at the primary")
                .anyMatch(line -> line.startsWith("doppelboden-portal=;"));
    }

    @Test
    void ourOwnCookieIsNoSidesBusiness() throws Exception {
        app.start("state: shared", "session-cookie: SITZUNG", "shared-sessions: false");

        assertThat(app.gate()
                        .get("/kekse", "Cookie", "a=1; doppelboden-portal=standby; SITZUNG=x; b=\"2\"")
                        .body())
                .isEqualTo("a=1; SITZUNG=x; b=\"2\"");
        assertThat(app.gate()
                        .get("/kekse", "Cookie", "doppelboden-portal=standby")
                        .body())
                .isEqualTo("null");
        assertThat(app.gate().get("/kekse", "Cookie", "a=1;b=2").body()).isEqualTo("a=1;b=2");
    }

    @Test
    void noRequestOfASessionThatOneSideKnowsIsAskedOfBoth() throws Exception {
        app.start("state: shared", "equivalent: true", "session-cookie: SITZUNG", "shared-sessions: false");
        app.sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));
        app.sides.standby().asked.clear();

        assertThat(app.gate().get("/app/list?selten", "Cookie", "SITZUNG=x").statusCode())
                .isEqualTo(500);
        assertThat(app.sides.standby().asked).isEmpty();
    }
}
