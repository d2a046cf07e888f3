package de.doppelboden.console;

import static de.doppelboden.console.RunningConsole.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.identity.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SituationTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle", "register");

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
    void calm() {
        gateway.state = "NORMAL";
        gateway.feed = "RUNNING";
        gateway.refusal = "";
        gateway.orders.clear();
    }

    @Test
    void theSituationFollowsTheGatewayAndSaysItsSentenceInGerman() throws Exception {
        var browser = console.loggedIn(Role.PRESS);

        gateway.state = "ON_STANDBY";

        await().untilAsserted(() -> assertThat(browser.get("/").body())
                .contains("Im Notbetrieb: Melderegister.", "Alle arbeiten im Notbetrieb weiter")
                .contains("Der Regelbetrieb beantwortete 128 der letzten 128 Anfragen gut")
                .contains("vor 3 Tagen geübt", "Arbeitsliste"));
        assertThat(browser.get("/lage").body())
                .contains("Im Notbetrieb: Melderegister.")
                .doesNotContain("<html");
    }

    @ParameterizedTest
    @EnumSource(
            value = de.doppelboden.continuity.State.class,
            names = {"NORMAL", "FAILING_OVER", "ON_STANDBY", "RECONCILING", "RETURNING", "EXERCISING"})
    void eachStateHasAGermanHeadline(de.doppelboden.continuity.State state) throws Exception {
        gateway.state = state.name();

        String page = console.loggedIn(Role.AUDITOR).get("/dienste/register").body();

        assertThat(page)
                .contains(Texts.t("state." + state))
                .contains(Texts.t("state." + state + ".meaning"))
                .doesNotContain("Zustand unbekannt");
    }

    @Test
    void thePageOfAServiceShowsTheDayAsAPictureAndAsATable() throws Exception {
        String page = console.loggedIn(Role.AUDITOR).get("/dienste/register").body();

        assertThat(page)
                .contains("<svg viewBox=\"0 0 960 236\"", "db-bar--bad", "Umschaltung in den Notbetrieb")
                .contains("<table", "direkt unter http://127.0.0.1:18081")
                .doesNotContain("/auftrag/");
    }

    @Test
    void aFeedThatHasStoppedAsksOnEachPageAndTakesTheAnswer() throws Exception {
        var browser = console.loggedIn(Role.OPERATOR);
        String page = "/dienste/register/auftrag/zulauf-annehmen";
        assertThat(browser.get("/dienste/register").body()).doesNotContain(page).contains("auftrag/zulauf-anhalten");
        gateway.feed = FeedState.Phase.ASKING.name();
        await().untilAsserted(() -> assertThat(browser.get("/").body()).contains(page));

        String asks = browser.get(page).body();
        assertThat(asks).as("why the feed asks").contains("rows are read every second");
        var answer = browser.post(page, Map.of("_csrf", csrf(asks), "grund", "Umzug eines ganzen Straßenzuges"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Der Auftrag wartet, bis der Zulauf");
        assertThat(gateway.orders).as("it is not for the gateway").isEmpty();
        try (var connection = DATABASE.database().dataSource().getConnection();
                var orders = connection
                        .createStatement()
                        .executeQuery("select kind, reason, actor from register.feed_order where done_at is null")) {
            assertThat(orders.next()).isTrue();
            assertThat(orders.getString("kind")).isEqualTo("ACCEPT");
            assertThat(orders.getString("reason")).isEqualTo("Umzug eines ganzen Straßenzuges");
            assertThat(orders.getString("actor")).isNotEqualTo("operator");
        }
    }

    @Test
    void anOrderNeedsAReasonAndTellsWhoGaveIt() throws Exception {
        var browser = console.loggedIn(Role.OPERATOR);
        String page = "/dienste/register/auftrag/umschalten";
        String token = csrf(browser.get(page).body());

        var without = browser.post(page, Map.of("_csrf", token, "grund", " "));
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(gateway.orders).isEmpty();

        var with = browser.post(page, Map.of("_csrf", token, "grund", "Speicher \"lahmt\"; <b>sofort</b>"));
        assertThat(with.statusCode()).isEqualTo(200);
        assertThat(with.body()).contains("moved to the standby as ordered");
        assertThat(gateway.orders)
                .singleElement()
                .satisfies(order -> assertThat(order)
                        .startsWith("/services/register/failover ")
                        .contains("Speicher \\\"lahmt\\\"; <b>sofort</b>", "\"by\":\"")
                        .doesNotContain("\"by\":\"operator\""));
    }

    @Test
    void anUnsafeOrderIsRefusedWithTheSentenceAndWhatWasTypedIsKept() throws Exception {
        gateway.refusal = "refused: the standby is ill as well";
        var browser = console.loggedIn(Role.OPERATOR);
        String page = "/dienste/register/auftrag/umschalten";
        String token = csrf(browser.get(page).body());

        var answer = browser.post(page, Map.of("_csrf", token, "grund", "Probe <script>alert(1)</script>"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .contains("refused: the standby is ill as well", "Probe &lt;script>")
                .doesNotContain("<script>alert");
    }

    @Test
    void onlyOperatorsGiveOrders() throws Exception {
        for (Role role : new Role[] {Role.CLERK, Role.REGISTRAR, Role.PRESS, Role.AUDITOR}) {
            var browser = console.loggedIn(role);
            String token = csrf(browser.get("/").body());

            assertThat(browser.get("/dienste/register/auftrag/umschalten").statusCode())
                    .as(role.name())
                    .isEqualTo(403);
            assertThat(browser.post(
                                    "/dienste/register/auftrag/umschalten",
                                    Map.of("_csrf", token, "grund", "weil ich will"))
                            .statusCode())
                    .as(role.name())
                    .isEqualTo(403);
        }
        assertThat(gateway.orders).isEmpty();
    }

    @Test
    void withoutTheGatewayItsLastStateIsShown() throws Exception {
        Path own = data.resolve("own");
        Files.createDirectories(own.resolve("state"));
        Files.createDirectories(own.resolve("keys"));
        for (String key : new String[] {"identity.key", "pepper.key"}) {
            Files.copy(data.resolve("keys").resolve(key), own.resolve("keys").resolve(key));
        }
        Files.writeString(own.resolve("state/register.json"), """
                {"state":"ON_STANDBY","since":"2026-11-24T10:00:00Z","reason":"users are on the standby","mode":"AUTOMATIC",
                 "epoch":7,"owner":"STANDBY"}
                """);
        try (var alone = RunningConsole.start(DATABASE, own, java.net.URI.create("http://127.0.0.1:9"))) {
            var browser = alone.loggedIn(Role.OPERATOR);

            assertThat(browser.get("/").body())
                    .contains("Der Zugang antwortet gerade nicht", "Im Notbetrieb: Melderegister.")
                    .contains("users are on the standby");
            String page = "/dienste/register/auftrag/zurueckfuehren";
            String token = csrf(browser.get(page).body());
            assertThat(browser.post(page, Map.of("_csrf", token, "grund", "Übung"))
                            .statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void aPageThatRenewsItselfIsToldToReloadWhenTheSessionIsOver() throws Exception {
        var answer = console.browser().get("/lage", "HX-Request", "true");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Refresh")).hasValue("true");
    }

    @Test
    void anUnknownServiceIsNotFound() throws Exception {
        var browser = console.loggedIn(Role.OPERATOR);

        for (String path : new String[] {"/dienste/anderer", "/dienste/..%2Fx", "/dienste/register/auftrag/x"}) {
            assertThat(browser.get(path).statusCode()).as(path).isBetween(400, 404);
        }
    }
}
