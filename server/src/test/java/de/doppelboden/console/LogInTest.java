package de.doppelboden.console;

import static de.doppelboden.console.RunningConsole.PASSWORD;
import static de.doppelboden.console.RunningConsole.csrf;
import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import de.doppelboden.identity.Person;
import de.doppelboden.identity.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LogInTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("identity");

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
    void whoIsNotLoggedInIsAskedToAndComesWhereSheWanted() throws Exception {
        var browser = console.browser();
        var asked = browser.get("/kennwort");
        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(asked.headers().firstValue("Location")).hasValue("/anmeldung?ziel=%2Fkennwort");

        String token = csrf(browser.get("/anmeldung?ziel=%2Fkennwort").body());
        var answer = browser.post(
                "/anmeldung", Map.of("kennung", "clerk", "kennwort", PASSWORD, "ziel", "/kennwort", "_csrf", token));

        assertThat(answer.headers().firstValue("Location")).hasValue("/kennwort");
        assertThat(browser.get("/kennwort").body()).contains("Frau CLERK", "Bürgeramt Mitte");
    }

    @Test
    void aLogInLeadsToNoOtherSite() throws Exception {
        for (String target :
                new String[] {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"}) {
            var browser = console.browser();
            String token = csrf(browser.get("/anmeldung").body());

            var answer = browser.post(
                    "/anmeldung", Map.of("kennung", "clerk", "kennwort", PASSWORD, "ziel", target, "_csrf", token));

            assertThat(answer.headers().firstValue("Location")).as(target).hasValue("/");
        }
    }

    @Test
    void aWrongPasswordNeverGetsInAndSaysNotWhatWasWrong() throws Exception {
        var wrong = console.browser().logIn("clerk", "falsch");
        var unknown = console.browser().logIn("niemand", "falsch");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("Kennung oder Kennwort stimmen nicht");
        assertThat(wrong.headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("doppelboden-sitzung"));
        assertThat(wrong.body()).doesNotContain("falsch");
    }

    @Test
    void theCookieIsForThisSiteAndNoScript() throws Exception {
        var answer = console.browser().logIn("auditor", PASSWORD);

        assertThat(answer.headers().allValues("Set-Cookie"))
                .anyMatch(c ->
                        c.startsWith("doppelboden-sitzung=") && c.contains("HttpOnly") && c.contains("SameSite=Lax"));
    }

    @Test
    void aFormWithoutOrWithAnotherTokenIsRefused() throws Exception {
        var browser = console.browser();
        browser.get("/anmeldung");
        String foreign = csrf(console.browser().get("/anmeldung").body());

        assertThat(browser.post("/anmeldung", Map.of("kennung", "clerk", "kennwort", PASSWORD))
                        .statusCode())
                .isEqualTo(403);
        var stolen = browser.post("/anmeldung", Map.of("kennung", "clerk", "kennwort", PASSWORD, "_csrf", foreign));
        assertThat(stolen.statusCode()).isEqualTo(403);
        assertThat(stolen.body()).contains("Das dürfen Sie hier nicht");
    }

    @Test
    void afterLoggingOutTheOldCookieIsNoGood() throws Exception {
        var browser = console.loggedIn(Role.PRESS);
        String cookie =
                "doppelboden-sitzung=" + browser.cookie("doppelboden-sitzung").getValue();
        String token = csrf(browser.get("/kennwort").body());

        var out = browser.post("/abmeldung", Map.of("_csrf", token));

        assertThat(out.statusCode()).isEqualTo(303);
        assertThat(console.browser().get("/kennwort", "Cookie", cookie).statusCode())
                .isEqualTo(303);
    }

    @Test
    void aForgedCookieIsNobody() throws Exception {
        var browser = console.browser();

        assertThat(browser.get("/kennwort", "Cookie", "doppelboden-sitzung=e30.AAAA")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aGivenPasswordOpensNothingButThePageToChangeIt() throws Exception {
        console.identity
                .accounts()
                .create(new Person("neu", "Neue Kollegin", "", Set.of(Role.OPERATOR), true, true), PASSWORD);
        var browser = console.browser();
        assertThat(browser.logIn("neu", PASSWORD).headers().firstValue("Location"))
                .hasValue("/kennwort");
        assertThat(browser.get("/personen").headers().firstValue("Location")).hasValue("/kennwort");

        String token = csrf(browser.get("/kennwort").body());
        var tooShort =
                browser.post("/kennwort", Map.of("alt", PASSWORD, "neu", "kurz", "nochmal", "kurz", "_csrf", token));
        var changed = browser.post(
                "/kennwort",
                Map.of("alt", PASSWORD, "neu", "fünf graue Gänse", "nochmal", "fünf graue Gänse", "_csrf", token));

        assertThat(tooShort.statusCode()).isEqualTo(400);
        assertThat(changed.headers().firstValue("Location")).hasValue("/");
        assertThat(browser.get("/kennwort").body()).doesNotContain("jemand anderes");
    }

    @Test
    void guessingIsAnsweredWithAWait() throws Exception {
        console.identity.accounts().create(new Person("geraten", "X", "", Set.of(Role.CLERK), false, true), PASSWORD);
        var browser = console.browser();
        for (int i = 0; i < 5; i++) {
            browser.logIn("geraten", "falsch");
        }

        var answer = browser.logIn("geraten", PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("15 Minuten");
    }

    @Test
    void theInterfaceAsksForAKeyWithProblemJson() throws Exception {
        var answer = console.browser().get("/api/services");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
}
