package de.doppelboden.webapp.gate;

import static de.doppelboden.webapp.gate.RunningApp.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.State;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.webapp.gate.AppSides.Health;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebAppGateTest {

    @RegisterExtension
    static final TestDatabase DATABASE = RunningApp.database();

    @RegisterExtension
    final RunningApp app = new RunningApp(DATABASE);

    @Test
    void passesRequestsThrough() throws Exception {
        app.start();

        assertThat(app.gate().get("/app/mail?an=mich").body()).isEqualTo("PRIMARY GET /app/mail?an=mich ");
        assertThat(app.gate().post("/app/mail").body()).isEqualTo("PRIMARY POST /app/mail eins=1");
        assertThat(app.gate().get("/fehlt").statusCode()).isEqualTo(404);
        assertThat(app.sides.standby().asked).isEmpty();
    }

    @Test
    void whatIsNotToBeForwardedIsAnsweredHere() throws Exception {
        app.start(SHARED);
        app.sides.primary().asked.clear();

        assertThat(app.gate().send("OPTIONS", "/app/mail", "Max-Forwards", "0").statusCode())
                .isEqualTo(200);
        assertThat(app.sides.primary().asked).isEmpty();
    }

    @Test
    void aDeadPrimaryCostsReadersNothing() throws Exception {
        app.start(SHARED);

        app.sides.primary().kill();

        assertThat(app.gate().crowd(20, "/app/mail"))
                .hasSize(20)
                .allSatisfy(answer -> assertThat(answer.body()).startsWith("STANDBY GET /app/mail"));
        await().until(() -> app.gate().state() == State.ON_STANDBY);
        assertThat(app.gate().post("/app/mail").body()).isEqualTo("STANDBY POST /app/mail eins=1");
    }

    @Test
    void aSideThatHangsIsLeftAndItsReadersFollow() throws Exception {
        app.start(SHARED);

        app.sides.primary().is(Health.HANGING);
        var answers = app.gate().crowd(100, "/app/mail");

        assertThat(answers)
                .hasSize(100)
                .allSatisfy(answer -> assertThat(answer.body()).startsWith("STANDBY"));
        await().until(() -> app.gate().state() == State.ON_STANDBY);
    }

    @Test
    void aClassSaysWhatASuccessIs() throws Exception {
        app.start(
                "state: shared",
                "equivalent: true",
                "classes: [{ name: status, path: /app/list, status: [200] }, { name: text, path: /app/form, text: STANDBY },"
                        + " { name: header, path: /app/view, header: 'X-Done: yes' }]");
        app.sides.primary().is(Health.EMPTY, line -> line.endsWith("/app/list"));

        assertThat(app.gate().get("/app/list").body()).startsWith("STANDBY");
        assertThat(app.gate().get("/app/form").body()).startsWith("STANDBY");
        assertThat(app.gate().get("/app/view").body())
                .as("neither side says so")
                .startsWith("PRIMARY");
        assertThat(app.sides.standby().asked).containsOnlyOnce("GET /app/view");
        assertThat(app.gate().get("/app/mail").body()).as("of no such class").startsWith("PRIMARY");
    }

    @Test
    void sidesThatAreNotEquivalentAreNotBothAsked() throws Exception {
        app.start("state: shared");
        app.sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));

        assertThat(app.gate().get("/app/list?selten").statusCode()).isEqualTo(500);
        assertThat(app.sides.standby().asked).isEmpty();
    }

    @Test
    void withStateOfItsOwnTheStandbyTakesNoWrites() throws Exception {
        app.start("state: separate", "equivalent: true");
        app.onStandby();

        HttpResponse<String> refused = app.gate().post("/app/mail", "Accept", "text/html");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(refused.body()).contains("kann nur gelesen werden");
        assertThat(app.gate().portal.refused()).containsEntry("read_only", 1L).containsEntry("neither_side", 0L);
        assertThat(app.gate().get("/app/mail").body()).startsWith("STANDBY");
        assertThat(app.sides.standby().asked).noneMatch(line -> line.startsWith("POST"));
    }
}
