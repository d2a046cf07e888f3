package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import de.doppelboden.identity.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The last hour on the page of a service, and played again with other settings. */
class WhatIfTest {

    private static final String PAGE = "/dienste/register/was-waere-wenn";

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

    @Test
    void theServicePageDrawsTheLastHourOfBothSides() throws Exception {
        var page = console.loggedIn(Role.OPERATOR).get("/dienste/register").body();

        assertThat(page)
                .contains("Die letzte Stunde", "class=\"db-hour db-hour--wide\"", "class=\"db-hour db-hour--narrow\"")
                .contains(
                        "<polyline class=\"db-hour__half\"",
                        "db-hour__half--ours",
                        "<polygon class=\"db-hour__spread\"")
                .contains("<title id=\"stunde-wide\">", "Die letzte Stunde als Tabelle")
                .contains("davon 3.600 zu spät", "0 fehlgeschlagen")
                .contains("Millisekunden lang bevor, betroffen: ", "31 von 31 Anfragen in 1,5 s")
                .containsPattern("<text class=\"db-hour__number\"[^>]*>1–[0-9]</text>")
                .contains("<option value=\"GET /vorgang/*\">")
                .contains("href=\"" + PAGE + "\"");
    }

    @Test
    void oneOperationIsShownAlone() throws Exception {
        var page = console.loggedIn(Role.OPERATOR)
                .get("/dienste/register?vorgang=GET+%2Fsuche")
                .body();

        assertThat(page)
                .contains("<option value=\"GET /suche\" selected>", "davon 1.200 zu spät")
                .contains("href=\"/dienste/register?vorgang=GET+%2Fsuche&amp;anhalten=ja\"");
    }

    @Test
    void aGatewayThatRecordsNothingLeavesThePageWhole() throws Exception {
        gateway.recordsNothing = true;
        try {
            assertThat(console.loggedIn(Role.OPERATOR)
                            .get("/dienste/register?vorgang=POST+%2Fantrag")
                            .body())
                    .contains("In der letzten Stunde wurde dazu nichts aufgezeichnet.", "Der letzte Tag");
        } finally {
            gateway.recordsNothing = false;
        }
    }

    @Test
    void playsTheHourWithTheSettingsInForce() throws Exception {
        var browser = console.loggedIn(Role.AUDITOR);

        assertThat(browser.get(PAGE).body())
                .contains("name=\"budget\" type=\"text\" value=\"500\"", "name=\"dauer\" type=\"text\" value=\"800\"")
                .doesNotContain("Ergebnis");
        assertThat(browser.get(PAGE + "?budget=500&dauer=800&zufall=365&vergleich=30")
                        .body())
                .contains("Mit diesen Werten wäre zum ersten Mal um")
                .contains("Der Regelbetrieb lässt warten")
                .containsPattern(
                        "Nicht oder nicht rechtzeitig bedient: ([0-9]{1,3}) Anfragen; mit den heutigen Werten \\1[.]");
    }

    @Test
    void tenTimesTheBudgetWouldHaveStayed() throws Exception {
        assertThat(console.loggedIn(Role.OPERATOR).get(PAGE + "?budget=5000").body())
                .contains("wäre in der aufgezeichneten Zeit nicht umgeschaltet worden")
                .containsPattern(
                        "Nicht oder nicht rechtzeitig bedient: 3[.]600 Anfragen; mit den heutigen Werten [0-9]{1,3}[.]");
    }

    @Test
    void whatCannotBePlayedIsSaidAtTheField() throws Exception {
        var answer = console.loggedIn(Role.OPERATOR).get(PAGE + "?budget=viel&dauer=99999999999999999999");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("Bitte geben Sie eine ganze Zahl von 10 bis 600.000 ein.", "von 0 bis 60.000 ein")
                .contains("value=\"365\"");
    }

    @Test
    void whoMayNotSeeTheEvidenceMayNotPlay() throws Exception {
        var press = console.loggedIn(Role.PRESS);

        assertThat(press.get(PAGE).statusCode()).isEqualTo(403);
        assertThat(press.get("/dienste/register").body()).doesNotContain(PAGE);
    }

    @Test
    void anUnknownServiceIsNotThere() throws Exception {
        assertThat(console.loggedIn(Role.OPERATOR)
                        .get("/dienste/niemand/was-waere-wenn")
                        .statusCode())
                .isEqualTo(404);
    }
}
