package de.doppelboden.console;

import static de.doppelboden.console.RunningConsole.csrf;
import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import de.doppelboden.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RestTest {

    private static final String[] BEARER = {"Authorization", "Bearer " + RunningConsole.OPERATOR_TOKEN};

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle");

    @TempDir
    static Path data;

    static FakeGateway gateway;
    static RunningConsole console;

    @BeforeAll
    static void start() throws Exception {
        gateway = new FakeGateway();
        console = RunningConsole.start(DATABASE, data, gateway.uri());
    }

    @AfterAll
    static void stop() {
        console.close();
        gateway.close();
    }

    @BeforeEach
    void calm() throws Exception {
        gateway.refusal = "";
        gateway.orders.clear();
        DATABASE.database().transaction(c -> c.createStatement().execute("truncate cycle.journal cascade"));
    }

    @Test
    void programsReadServicesAndOneInFullWithTheOperatorsToken() throws Exception {
        var browser = console.browser();

        assertThat(browser.get("/api/services", BEARER).body())
                .contains("\"live\":true", "\"state\":\"NORMAL\"", gateway.reason);
        assertThat(browser.get("/api/services/register", BEARER).body()).contains("\"traffic\":[", "\"decisions\":[");
        assertThat(browser.get("/api/openapi.json").body()).contains("\"openapi\"");
    }

    @Test
    void anOrderByTokenNeedsNoFormTokenButAReason() throws Exception {
        var browser = console.browser();
        String path = "/api/services/register/failover";

        assertThat(browser.json("POST", path, "{\"reason\":\"drill\"}", BEARER).body())
                .contains("moved to the standby as ordered");
        problem(browser.json("POST", path, "{}", BEARER), 422, "reason is missing");
        problem(browser.json("POST", path, "{\"reason\":", BEARER), 400, "");
        problem(browser.json("POST", "/api/services/register/explode", "{\"reason\":\"x y z\"}", BEARER), 404, "");
        problem(browser.json("POST", "/api/services/other/failover", "{\"reason\":\"x y z\"}", BEARER), 404, "");
        assertThat(browser.json(
                                "POST",
                                "/api/services/register/change/open",
                                "{\"reason\":\"update\",\"side\":\"STANDBY\"}",
                                BEARER)
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.orders).hasSize(2);
        assertThat(gateway.orders.getLast()).contains("/change/open", "STANDBY");
    }

    @Test
    void aRefusalIsAProblemWithTheSentenceThatRefuses() throws Exception {
        gateway.refusal = "refused: the standby is ill as well";

        problem(
                console.browser().json("POST", "/api/services/register/failover", "{\"reason\":\"drill\"}", BEARER),
                409,
                "refused: the standby is ill as well");
    }

    @Test
    void aWrongTokenOrNoneIsRefused() throws Exception {
        var browser = console.browser();

        problem(browser.get("/api/services"), 401, "");
        problem(browser.get("/api/services", "Authorization", "Bearer operator-token-of-the-tesT"), 401, "");
        problem(browser.get("/api/services", "Authorization", "Bearer "), 401, "");
    }

    @Test
    void aSessionNeedsTheFormTokenForEachActAndTheRole() throws Exception {
        var operator = console.loggedIn(Role.OPERATOR);
        String token = csrf(operator.get("/").body());
        String order = "{\"reason\":\"drill\"}";

        problem(operator.json("POST", "/api/services/register/pause", order), 403, "");
        assertThat(operator.json("POST", "/api/services/register/pause", order, "X-CSRF-TOKEN", token)
                        .statusCode())
                .isEqualTo(200);
        var clerk = console.loggedIn(Role.CLERK);
        String hers = csrf(clerk.get("/").body());
        problem(clerk.json("POST", "/api/services/register/pause", order, "X-CSRF-TOKEN", hers), 403, "");
        problem(clerk.get("/api/evidence"), 403, "");
        problem(clerk.get("/api/journal/register"), 403, "");
    }

    @Test
    void theWorklistIsDecidedInTheStateInWhichItWasSeen() throws Exception {
        long number = WorkSamples.conflict(DATABASE.database(), "Bürgeramt Mitte");
        var browser = console.browser();
        String path = "/api/worklist/register/" + number;

        assertThat(browser.get("/api/worklist", BEARER).body()).contains("\"seen\":\"CONFLICT\"");
        problem(
                browser.json("POST", path, "{\"seen\":\"REVIEW\",\"apply\":true,\"reason\":\"asked\"}", BEARER),
                409,
                "no longer");
        assertThat(browser.json("POST", path, "{\"seen\":\"CONFLICT\",\"apply\":true,\"reason\":\"asked\"}", BEARER)
                        .statusCode())
                .isEqualTo(204);
        assertThat(browser.get("/api/journal/register", BEARER).body())
                .contains("DECIDED_APPLY")
                .doesNotContain("Neue Straße");
        assertThat(browser.get("/api/evidence?kind=act&limit=5000", BEARER).body())
                .contains("was decided: APPLY");
    }

    private static void problem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"status\":" + status).contains(detail);
    }
}
