package de.doppelboden.console;

import static de.doppelboden.console.RunningConsole.csrf;
import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import de.doppelboden.identity.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WorklistTest {

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
    void empty() throws Exception {
        DATABASE.database().transaction(c -> c.createStatement().execute("truncate cycle.journal cascade"));
    }

    @Test
    void bothVersionsStandSideBySideWithTheirDifferencesMarked() throws Exception {
        long number = WorkSamples.conflict(DATABASE.database(), "Bürgeramt Mitte");

        String page = console.loggedIn(Role.CLERK)
                .get("/arbeitsliste/register/" + number)
                .body();

        assertThat(page)
                .contains("Neue Straße", "Ältere Gasse", "(verschieden)", "Widerspruch")
                .contains("Angaben aus dem Notbetrieb übertragen", "Stand des Regelbetriebs behalten")
                .doesNotContain("sachbearbeiter");
    }

    @Test
    void aDecisionNeedsAReasonIsCarriedOutOnceAndStandsInTheEvidenceLog() throws Exception {
        long number = WorkSamples.conflict(DATABASE.database(), "Bürgeramt Mitte");
        var browser = console.loggedIn(Role.CLERK);
        String page = "/arbeitsliste/register/" + number;
        String token = csrf(browser.get(page).body());
        Map<String, String> decision = Map.of("_csrf", token, "gesehen", "CONFLICT", "entscheidung", "uebertragen");

        assertThat(browser.post(page, decision).statusCode()).isEqualTo(400);
        assertThat(WorkSamples.state(DATABASE.database(), number)).isEqualTo("CONFLICT");

        var reasoned = new java.util.HashMap<>(decision);
        reasoned.put("grund", "Bürgerin hat angerufen");
        assertThat(browser.post(page, reasoned).statusCode()).isEqualTo(303);
        assertThat(WorkSamples.state(DATABASE.database(), number)).isEqualTo("DECIDED_APPLY");
        assertThat(browser.post(page, reasoned).statusCode())
                .as("decided already")
                .isEqualTo(404);

        String evidence =
                console.loggedIn(Role.AUDITOR).get("/protokoll?art=act").body();
        assertThat(evidence).contains("Entry " + number + " (CONFLICT) was decided: APPLY", "Frau CLERK (clerk)");
    }

    @Test
    void keepingThePrimarysVersionDropsTheEntry() throws Exception {
        long number = WorkSamples.review(DATABASE.database(), "Bürgeramt Mitte");
        var browser = console.loggedIn(Role.OPERATOR);
        String page = "/arbeitsliste/register/" + number;
        String token = csrf(browser.get(page).body());

        var answer = browser.post(
                page, Map.of("_csrf", token, "gesehen", "REVIEW", "entscheidung", "behalten", "grund", "doppelt"));

        assertThat(answer.headers().firstValue("Location")).hasValue("/arbeitsliste?erledigt=" + number);
        assertThat(WorkSamples.state(DATABASE.database(), number)).isEqualTo("DROPPED");
    }

    @Test
    void whatChangedSinceSheSawItIsNotDecided() throws Exception {
        long number = WorkSamples.review(DATABASE.database(), "Bürgeramt Mitte");
        var browser = console.loggedIn(Role.OPERATOR);
        String page = "/arbeitsliste/register/" + number;
        String token = csrf(browser.get(page).body());

        var answer = browser.post(
                page, Map.of("_csrf", token, "gesehen", "UNKNOWN", "entscheidung", "behalten", "grund", "doppelt"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("inzwischen geändert");
        assertThat(WorkSamples.state(DATABASE.database(), number)).isEqualTo("REVIEW");
    }

    @Test
    void aClerkSeesHerOwnOfficeAnAuditorAllAndChangesNothing() throws Exception {
        long own = WorkSamples.review(DATABASE.database(), "Bürgeramt Mitte");
        long other = WorkSamples.review(DATABASE.database(), "Bürgeramt Nord");
        var clerk = console.loggedIn(Role.CLERK);
        var auditor = console.loggedIn(Role.AUDITOR);

        assertThat(clerk.get("/arbeitsliste").body())
                .contains("/register/" + own + "\"")
                .doesNotContain("/register/" + other + "\"");
        assertThat(clerk.get("/arbeitsliste/register/" + other).statusCode()).isEqualTo(404);
        assertThat(auditor.get("/arbeitsliste").body())
                .contains("/register/" + own + "\"", "/register/" + other + "\"");
        String page = auditor.get("/arbeitsliste/register/" + own).body();
        assertThat(page).doesNotContain("entscheidung");
        assertThat(auditor.post(
                                "/arbeitsliste/register/" + own,
                                Map.of(
                                        "_csrf",
                                        csrf(page),
                                        "gesehen",
                                        "REVIEW",
                                        "entscheidung",
                                        "behalten",
                                        "grund",
                                        "weil"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(WorkSamples.state(DATABASE.database(), own)).isEqualTo("REVIEW");
        assertThat(console.loggedIn(Role.PRESS).get("/arbeitsliste").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPersonUnderABlockIsShownToHerOwnOfficeOnly() throws Exception {
        long number = WorkSamples.block(DATABASE.database(), "Bürgeramt Mitte");
        String path = "/arbeitsliste/register/" + number;

        assertThat(console.loggedIn(Role.CLERK).get(path).body()).contains("Bedrohung");
        for (Role role : new Role[] {Role.OPERATOR, Role.AUDITOR}) {
            var browser = console.loggedIn(role);
            assertThat(browser.get(path).body() + browser.get("/arbeitsliste").body())
                    .contains("Auskunftssperre")
                    .doesNotContain("Bedrohung", "4711");
        }
    }

    @Test
    void whatIsInAnEntryIsTextAndNeverMarkup() throws Exception {
        long number = WorkSamples.entry(
                DATABASE.database(),
                "REVIEW",
                "register.move",
                "{\"anschrift\":{\"strasse\":\"<img src=x onerror=alert(1)>\"}}",
                "Bürgeramt Mitte",
                "<script>x</script>");

        String page = console.loggedIn(Role.CLERK)
                .get("/arbeitsliste/register/" + number)
                .body();

        assertThat(page).contains("&lt;img src=x").doesNotContain("<img", "<script>x");
    }

    @Test
    void oddAddressesAreErrorsOfTheCaller() throws Exception {
        var browser = console.loggedIn(Role.OPERATOR);

        for (String path :
                new String[] {"/register/999999", "/register/abc", "/register/-1", "/x'--/1", "/register/1e99"}) {
            assertThat(browser.get("/arbeitsliste" + path).statusCode())
                    .as(path)
                    .isBetween(400, 404);
        }
    }
}
