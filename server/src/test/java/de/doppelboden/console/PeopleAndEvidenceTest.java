package de.doppelboden.console;

import static de.doppelboden.console.RunningConsole.csrf;
import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import de.doppelboden.identity.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PeopleAndEvidenceTest {

    private static final Pattern PASSWORD = Pattern.compile("db-code\">([A-Za-z0-9_-]{16})<");

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle");

    @TempDir
    static Path data;

    static RunningConsole console;

    @BeforeAll
    static void start() throws Exception {
        console = RunningConsole.start(DATABASE, data, URI.create("http://127.0.0.1:9"));
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void anOperatorCreatesAPersonWhoLogsInAndIsDisabledAgain() throws Exception {
        var operator = console.loggedIn(Role.OPERATOR);
        String token = csrf(operator.get("/personen").body());

        var created = operator.post(
                "/personen",
                Map.of(
                        "_csrf",
                        token,
                        "kennung",
                        "vogt",
                        "name",
                        "Ida Vogt",
                        "dienststelle",
                        "Nord",
                        "rolle",
                        "CLERK"));
        var matcher = PASSWORD.matcher(created.body());
        assertThat(matcher.find()).as(created.body()).isTrue();
        var vogt = console.browser();
        assertThat(vogt.logIn("vogt", matcher.group(1)).headers().firstValue("Location"))
                .hasValue("/kennwort");

        operator.post("/personen/vogt/sperren", Map.of("_csrf", token));

        assertThat(vogt.get("/kennwort").headers().firstValue("Location"))
                .as("her session ended")
                .hasValue("/anmeldung?ziel=%2Fkennwort");
        assertThat(console.browser().logIn("vogt", matcher.group(1)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void nobodyLocksHerselfOut() throws Exception {
        var operator = console.loggedIn(Role.OPERATOR);
        String page = operator.get("/personen").body();

        var answer = operator.post("/personen/operator/sperren", Map.of("_csrf", csrf(page)));

        assertThat(page).contains("/personen/clerk/sperren").doesNotContain("/personen/operator/sperren");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(operator.get("/personen").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsWrongIsSaidAndWhatWasTypedIsKept() throws Exception {
        var operator = console.loggedIn(Role.OPERATOR);
        String token = csrf(operator.get("/personen").body());

        var answer = operator.post(
                "/personen", Map.of("_csrf", token, "kennung", "<b>", "name", "\"><script>", "rolle", "CLERK"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("nicht die richtige Form", "&lt;b>").doesNotContain("<script>");
        assertThat(operator.post("/personen", Map.of("_csrf", token, "kennung", "ohne", "name", "Ohne Rolle"))
                        .body())
                .contains("mindestens eine Rolle");
    }

    @Test
    void onlyOperatorsSeePeopleAndOnlyOperatorsAndAuditorsSeeTheEvidence() throws Exception {
        for (Role role : Role.values()) {
            var browser = console.loggedIn(role);

            assertThat(browser.get("/personen").statusCode())
                    .as("people, " + role)
                    .isEqualTo(role == Role.OPERATOR ? 200 : 403);
            assertThat(browser.get("/protokoll").statusCode())
                    .as("evidence, " + role)
                    .isEqualTo(List.of(Role.OPERATOR, Role.AUDITOR).contains(role) ? 200 : 403);
        }
    }

    @Test
    void theEvidenceLogIsSearchedAndVerified() throws Exception {
        var operator = console.loggedIn(Role.OPERATOR);
        String token = csrf(operator.get("/personen").body());
        operator.post("/personen", Map.of("_csrf", token, "kennung", "lauer", "name", "Kim Lauer", "rolle", "PRESS"));
        operator.post("/personen/lauer/kennwort", Map.of("_csrf", token));
        var auditor = console.loggedIn(Role.AUDITOR);

        assertThat(auditor.get("/protokoll?text=NEW%20PASSWORD&von=2020-01-01").body())
                .contains("a new password was given", "Frau OPERATOR (operator)");
        assertThat(auditor.get("/protokoll?bis=2020-01-01").body()).contains("Dazu ist nichts verzeichnet");
        assertThat(auditor.get("/protokoll?text=%25%27%3B--&von=quatsch&vor=-1").statusCode())
                .isEqualTo(200);
        var verified = auditor.post(
                "/protokoll", Map.of("_csrf", csrf(auditor.get("/protokoll").body())));
        assertThat(verified.body()).contains("Alle Einträge sind, wie sie geschrieben wurden");
    }
}
