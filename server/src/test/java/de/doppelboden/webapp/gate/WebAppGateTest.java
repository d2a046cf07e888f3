package de.doppelboden.webapp.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.State;
import de.doppelboden.webapp.gate.AppSides.Health;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class WebAppGateTest extends AppTest {

    @Test
    void passesRequestsThrough() throws Exception {
        start();

        assertThat(gate.get("/app/mail?an=mich").body()).isEqualTo("PRIMARY GET /app/mail?an=mich ");
        assertThat(gate.post("/app/mail").body()).isEqualTo("PRIMARY POST /app/mail eins=1");
        assertThat(gate.get("/fehlt").statusCode()).isEqualTo(404);
        assertThat(sides.standby().asked).isEmpty();
    }

    @Test
    void whatIsNotToBeForwardedIsAnsweredHere() throws Exception {
        start(SHARED);
        sides.primary().asked.clear();

        assertThat(gate.send("OPTIONS", "/app/mail", "Max-Forwards", "0").statusCode())
                .isEqualTo(200);
        assertThat(sides.primary().asked).isEmpty();
    }

    @Test
    void aDeadPrimaryCostsReadersNothing() throws Exception {
        start(SHARED);

        sides.primary().kill();

        assertThat(gate.crowd(20, "/app/mail"))
                .hasSize(20)
                .allSatisfy(answer -> assertThat(answer.body()).startsWith("STANDBY GET /app/mail"));
        await().until(() -> gate.state() == State.ON_STANDBY);
        assertThat(gate.post("/app/mail").body()).isEqualTo("STANDBY POST /app/mail eins=1");
    }

    @Test
    void aSideThatHangsIsLeftAndItsReadersFollow() throws Exception {
        start(SHARED);

        sides.primary().is(Health.HANGING);
        var answers = gate.crowd(100, "/app/mail");

        assertThat(answers)
                .hasSize(100)
                .allSatisfy(answer -> assertThat(answer.body()).startsWith("STANDBY"));
        await().until(() -> gate.state() == State.ON_STANDBY);
    }

    @Test
    void aClassSaysWhatASuccessIs() throws Exception {
        start(
                "state: shared",
                "equivalent: true",
                "classes: [{ name: status, path: /app/list, status: [200] }, { name: text, path: /app/form, text: STANDBY },"
                        + " { name: header, path: /app/view, header: 'X-Done: yes' }]");
        sides.primary().is(Health.EMPTY, line -> line.endsWith("/app/list"));

        assertThat(gate.get("/app/list").body()).startsWith("STANDBY");
        assertThat(gate.get("/app/form").body()).startsWith("STANDBY");
        assertThat(gate.get("/app/view").body()).as("neither side says so").startsWith("PRIMARY");
        assertThat(sides.standby().asked).containsOnlyOnce("GET /app/view");
        assertThat(gate.get("/app/mail").body()).as("of no such class").startsWith("PRIMARY");
    }

    @Test
    void sidesThatAreNotEquivalentAreNotBothAsked() throws Exception {
        start("state: shared");
        sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));

        assertThat(gate.get("/app/list?selten").statusCode()).isEqualTo(500);
        assertThat(sides.standby().asked).isEmpty();
    }

    @Test
    void withStateOfItsOwnTheStandbyTakesNoWrites() throws Exception {
        start("state: separate", "equivalent: true");
        onStandby();

        HttpResponse<String> refused = gate.post("/app/mail", "Accept", "text/html");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(refused.body()).contains("kann nur gelesen werden");
        assertThat(gate.portal.refused()).containsEntry("read_only", 1L).containsEntry("neither_side", 0L);
        assertThat(gate.get("/app/mail").body()).startsWith("STANDBY");
        assertThat(sides.standby().asked).noneMatch(line -> line.startsWith("POST"));
    }
}
