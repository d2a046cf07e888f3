package de.doppelboden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Media;
import de.doppelboden.console.FakeGateway;
import de.doppelboden.console.RunningConsole;
import de.doppelboden.console.WorkSamples;
import de.doppelboden.database.TestDatabase;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle");

    @TempDir
    static Path data;

    static Chromium chromium;
    static FakeGateway gateway;
    static RunningConsole console;
    static long conflict;
    static long review;
    static long block;

    Visitor operator;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        gateway = new FakeGateway();
        console = RunningConsole.start(DATABASE, data, gateway.uri());
        conflict = WorkSamples.conflict(DATABASE.database(), "Bürgeramt Mitte");
        review = WorkSamples.review(DATABASE.database(), "Bürgeramt Mitte");
        block = WorkSamples.block(DATABASE.database(), "Bürgeramt Mitte");
    }

    @AfterAll
    static void stop() {
        if (console != null) {
            console.close();
            gateway.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void begin() {
        gateway.state = "NORMAL";
        operator = chromium.visitor(console.uri("").toString(), true);
    }

    @AfterEach
    void end() {
        operator.close();
    }

    @Test
    void theLogInAndItsMistakesAreReadableForEverybody() {
        operator.examine("/anmeldung");
        operator.page.fill("#kennung", "niemand");
        operator.page.fill("#kennwort", "falsch");
        operator.page.click("main button[type=submit]");

        operator.examineAsShown("a refused log-in");
        PlaywrightAssertions.assertThat(operator.page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                .containsText("Kennung oder Kennwort stimmen nicht");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NORMAL", "FAILING_OVER", "ON_STANDBY", "RECONCILING", "RETURNING", "EXERCISING"})
    void theSituationAndTheServiceAreReadableInEachState(String state) {
        gateway.state = state;
        operator.logIn("operator", RunningConsole.PASSWORD);

        operator.examine("/");
        operator.examine("/dienste/register");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dienste/register/auftrag/betriebsart",
                "/dienste/register/auftrag/aenderung-erlauben",
                "/dienste/register/auftrag/zulauf-annehmen",
                "/dienste/register?vorgang=GET+%2Fsuche",
                "/dienste/register/was-waere-wenn",
                "/dienste/register/was-waere-wenn?budget=500&dauer=99999999",
                "/dienste/register/was-waere-wenn?budget=400",
                "/arbeitsliste/register/BLOCK",
                "/protokoll?text=gibt-es-nicht"
            })
    void thePageIsReadableForEverybody(String path) {
        operator.logIn("operator", RunningConsole.PASSWORD);

        operator.examine(path.replace("BLOCK", String.valueOf(block)));
    }

    @Test
    void anOrderIsGivenWithTheKeyboardAlone() {
        Page page = operator.page;
        page.navigate("/anmeldung");
        page.waitForFunction("document.activeElement.id === 'kennung'");
        page.keyboard().type("operator");
        page.keyboard().press("Tab");
        page.keyboard().type(RunningConsole.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("anmeldung"));

        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Zum Inhalt springen");
        tabTo(page, "In den Notbetrieb umschalten …");
        page.keyboard().press("Enter");
        page.waitForURL("**/auftrag/umschalten");
        page.waitForFunction("document.activeElement.id === 'grund'");
        page.keyboard().type("Übung mit der Tastatur");
        page.keyboard().press("Enter");

        PlaywrightAssertions.assertThat(page.locator("main")).containsText("Der Auftrag ist angenommen");
        operator.examineAsShown("an order that was carried out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/dienste/register"})
    void aPageThatIsNotRenewedSaysSoAndCanBeHalted(String path) {
        operator.logIn("operator", RunningConsole.PASSWORD);
        Page page = operator.page;
        page.navigate(path);
        var stale = PlaywrightAssertions.assertThat(page.locator(".db-stale"));
        stale.not().isVisible();

        page.route("**", route -> {
            if (route.request().isNavigationRequest()) {
                route.resume();
            } else {
                route.abort();
            }
        });
        page.evaluate("document.getAnimations().forEach(animation => animation.currentTime = 20_001)");
        stale.isVisible();
        stale.containsText("Diese Anzeige ist stehen geblieben");
        operator.examineAsShown("a page that was not renewed");
        page.unrouteAll();
        stale.not().isVisible(); // it is renewed again

        page.click("a[href$='anhalten=ja']");
        PlaywrightAssertions.assertThat(page.locator("main")).containsText("Sie ist angehalten");
        assertThat(page.locator("[hx-get]").count()).isZero();
        page.click("text=Weiterlaufen lassen");
        assertThat(page.locator("[hx-get]").count()).isOne();
    }

    @Test
    void everythingCanBeReachedWithTheKeyboardAndTheFocusIsSeen() {
        operator.logIn("operator", RunningConsole.PASSWORD);
        for (String path :
                new String[] {"/dienste/register", "/personen", "/protokoll", "/arbeitsliste/register/" + conflict}) {
            operator.page.navigate(path);
            Number all = (Number) operator.page.evaluate(
                    "[...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,summary')].length");
            Set<Object> reached = new LinkedHashSet<>();
            for (int i = 0; i < all.intValue() + 5; i++) {
                operator.page.keyboard().press("Tab");
                reached.add(operator.page.evaluate("""
                        (() => { const e = document.activeElement; const s = getComputedStyle(e);
                          const seen = s.outlineStyle !== 'none' || s.boxShadow !== 'none' || e === document.body;
                          return (seen ? '' : 'UNSEEN ') + e.tagName + (e.id || e.href || e.name || e.textContent || e.ariaLabel) })()
                        """));
            }
            assertThat(reached).as(path).noneMatch(e -> e.toString().startsWith("UNSEEN"));
            assertThat(reached.size()).as(path).isGreaterThan(all.intValue() / 2);
        }
    }

    @Test
    void everythingWorksWithoutJavaScript() {
        try (Visitor visitor = chromium.visitor(console.uri("").toString(), false)) {
            gateway.state = "ON_STANDBY";
            visitor.logIn("operator", RunningConsole.PASSWORD);
            Page page = visitor.page;
            assertThat(page.content()).contains("http-equiv=\"refresh\"");
            page.click("text=In den Regelbetrieb zurückführen");
            page.fill("#grund", "geht wieder");
            page.press("#grund", "Enter");
            PlaywrightAssertions.assertThat(page.locator("main")).containsText("Der Auftrag ist angenommen");

            long number = review;
            page.navigate("/arbeitsliste/register/" + number);
            page.check("#behalten");
            page.fill("#grund", "doppelt aufgenommen");
            page.press("#grund", "Enter");
            PlaywrightAssertions.assertThat(page.locator("main")).containsText("ist entschieden");

            page.navigate("/protokoll");
            page.fill("#text", "was decided");
            page.press("#text", "Enter");
            PlaywrightAssertions.assertThat(page.locator("main")).containsText("doppelt aufgenommen");
            page.click("text=Kette prüfen");
            PlaywrightAssertions.assertThat(page.locator("main")).containsText("wie sie geschrieben wurden");
            page.click("header button");
            assertThat(page.url()).endsWith("/anmeldung");
        }
        review = newReview();
    }

    @Test
    void onPaperThereIsWhatIsSaidAndNothingToClick() {
        operator.logIn("operator", RunningConsole.PASSWORD);
        operator.page.navigate("/dienste/register");
        operator.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(operator.page.isVisible("nav")).isFalse();
        assertThat(operator.page.isVisible("ul.db-actions")).isFalse();
        assertThat(operator.page.isVisible("figure svg")).isTrue();
    }

    private static long newReview() {
        try {
            return WorkSamples.review(DATABASE.database(), "Bürgeramt Mitte");
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void tabTo(Page page, String text) {
        for (int i = 0; i < 40; i++) {
            if (String.valueOf(page.evaluate("document.activeElement.textContent.trim()"))
                    .equals(text)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the keyboard does not lead to " + text);
    }
}
