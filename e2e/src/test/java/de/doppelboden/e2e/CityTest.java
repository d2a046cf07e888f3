package de.doppelboden.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A day in the model city, scene by scene: the storage dies, the counter goes on, the register comes back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CityTest {

    private static final Map<String, String> NEW_ADDRESS = Map.of(
            "strasse", "Neue Straße", "hausnummer", "7", "plz", "20095", "ort", "Hamburg", "einzug", "20.11.2026");
    private static final double SOON = 30_000;
    private static final double RETURNED = 180_000;

    @TempDir
    static Path data;

    static Chromium chromium;
    static ModelCity city;

    /** Head of a centre, sees blocked persons; her session lasts the whole day. */
    static Visitor head;

    /** Without that right. */
    static Visitor clerk;

    static Visitor operator;

    /** Paths of persons at the counter of the standby. */
    static String mover;

    static String threatened;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        Files.createDirectories(Visitor.PICTURES);
        city = ModelCity.start(data);
        head = chromium.visitor(city.counter(), true);
        clerk = chromium.visitor(city.counter(), false);
        operator = chromium.visitor(city.console(), true);
    }

    @AfterAll
    static void stop() {
        if (city != null) {
            city.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    @Order(1)
    void theFirstAdministratorMustChooseAPasswordOfHerOwn() throws Exception {
        List<String> first = Files.readAllLines(data.resolve("keys/first-login.txt"));
        try (Visitor administrator = chromium.visitor(city.console(), true)) {
            administrator.examine("/anmeldung");
            administrator.logIn(first.getFirst().strip(), first.get(1).strip());
            assertThat(administrator.page.url()).endsWith("/kennwort");
            administrator.examineAsShown("first password");
            administrator.send(password(first.get(1).strip(), "vier große Kraniche", "vier grosse Kraniche"));
            administrator.examineAsShown("first password differs");
            administrator.send(password(first.get(1).strip(), "vier große Kraniche", "vier große Kraniche"));
            assertThat(administrator.page.locator("h1")).hasText("Lage");
        }
    }

    private static Map<String, String> password(String old, String chosen, String again) {
        return Map.of("alt", old, "neu", chosen, "nochmal", again);
    }

    @Test
    @Order(2)
    void onAQuietMorningEachPageOfTheConsoleIsReadable() throws Exception {
        operator.logIn("leitstand", city.password("leitstand"));
        for (String path : List.of(
                "/",
                "/dienste/register",
                "/dienste/register/auftrag/umschalten",
                "/arbeitsliste",
                "/personen",
                "/kennwort",
                "/gibt-es-nicht")) {
            operator.examine(path);
        }
        operator.page.navigate("/personen");
        operator.send(Map.of("kennung", "n.neumann", "name", "Nele Neumann", "dienststelle", "Kundenzentrum Mitte"));
        operator.examineAsShown("new person without a role");
        operator.page.check("#rolle-CLERK");
        operator.send(Map.of("kennung", "n.neumann"));
        assertThat(operator.page.locator("main")).containsText("Einmaliges Kennwort");
        operator.examineAsShown("new person with a one-time password");
        try (Visitor city = chromium.visitor(CityTest.city.faultPage(), true)) {
            city.examine("/");
        }
    }

    @Test
    @Order(3)
    void whoIsLoggedInAtTheRegisterGoesOnAtTheStandbyWhenTheStorageDies() throws Exception {
        head.logInAtThePrimary("s001", "Schalter-001");
        clerk.logInAtThePrimary("s150", "Schalter-150");
        head.page.navigate("/suche?nachname=M%C3%BCller&vorname=&gebdat=");
        List<?> persons = (List<?>) head.page.evaluate(
                "[...document.querySelectorAll('main a[href^=\"/person/\"]')].map(a => a.getAttribute('href'))");
        mover = "/notbetrieb" + persons.getFirst();
        threatened = "/notbetrieb" + persons.get(1);
        head.page.navigate(persons.getFirst() + "/umzug");
        fillInAtThePrimary(head.page);

        city.fault("dead");
        clerk.page.navigate("/suche?nachname=Schmidt&vorname=&gebdat=");
        city.awaitState("ON_STANDBY");
        head.page.click("main form button");

        assertThat(head.page.locator("main")).containsText("Ihre Angaben sind noch da");
        assertThat(head.page.inputValue("#strasse")).isEqualTo("Neue Straße");
        head.examineAsShown("a form of the register taken over");
        head.page.click("main button[type=submit]");
        assertThat(head.page.locator("main")).containsText("Umzug vorläufig entgegengenommen");
        head.examineAsShown("receipt of a move");
        assertThat(new String(head.paper("receipt"), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF");
        clerk.page.navigate("/");
        assertThat(clerk.page.locator("h1")).hasText("Bürgeramt im Notbetrieb");
    }

    private static void fillInAtThePrimary(Page page) {
        page.fill("[name=neueStrasse]", "Neue Straße");
        page.fill("[name=neueHausnummer]", "7");
        page.fill("[name=neuePlz]", "20095");
        page.fill("[name=neuerOrt]", "Hamburg");
        page.fill("[name=einzugAm]", "20.11.2026");
    }

    @Test
    @Order(4)
    void eachPageOfTheCounterIsReadableAndSaysHowOldItsDataAre() {
        for (String path : List.of(
                "/notbetrieb/",
                "/notbetrieb/suche",
                "/notbetrieb/suche?familienname=M%C3%BCller",
                "/notbetrieb/suche?familienname=S*",
                "/notbetrieb/suche?familienname=x",
                "/notbetrieb/suche?familienname=Xyzzy",
                "/notbetrieb/suche?geburtsdatum=31.02.1970",
                "/notbetrieb/beleg",
                "/notbetrieb/beleg?nummer=NB-000-0000",
                "/notbetrieb/offen/7e0e9c40-0000-4000-8000-000000000000",
                "/notbetrieb/person/1",
                mover,
                mover + "/umzug",
                mover + "/personenstand",
                threatened + "/sperre",
                "/notbetrieb/zuzug")) {
            head.examine(path);
            assertThat((String) head.page.textContent(".db-band")).matches("(?s).*Stand \\d\\d:\\d\\d:\\d\\d.*");
        }
        head.examine("/notbetrieb/gibt-es-nicht");
    }

    @Test
    @Order(5)
    void theCertificateIsAPdf() throws Exception {
        APIResponse certificate = head.context.request().get(city.counter() + mover + "/bescheinigung");

        assertThat(certificate.headers()).containsEntry("content-type", "application/pdf");
        Files.write(Visitor.PICTURES.resolve("certificate.pdf"), certificate.body());
    }

    @Test
    @Order(6)
    void whatIsWrongInAFormIsSaidAtTheTopAndAtEachField() {
        head.page.navigate("/notbetrieb/zuzug");
        head.page.fill("#plz", "2009");
        head.page.click("main button[type=submit]");

        head.examineAsShown("registration with mistakes");
        head.page.click("[role=alert] a[href='#plz']");
        assertThat(head.page.evaluate("document.activeElement.id")).isEqualTo("plz");
        head.page.selectOption("#geschlecht", "m");
        head.send(Map.ofEntries(
                Map.entry("familienname", "Ćosić"),
                Map.entry("vornamen", "Đorđe"),
                Map.entry("geburtsdatum", "00.02.1990"),
                Map.entry("staatsangehoerigkeit", "hrv"),
                Map.entry("zuzugsland", "HRV"),
                Map.entry("strasse", "Hafenstraße"),
                Map.entry("hausnummer", "1"),
                Map.entry("plz", "20359"),
                Map.entry("ort", "Hamburg"),
                Map.entry("einzug", "20.11.2026")));
        assertThat(head.page.locator("main")).containsText("Zuzug aufgenommen");
        head.examineAsShown("receipt of a registration");
    }

    @Test
    @Order(7)
    void aBlockHidesAPersonAtOnceFromWhoLacksTheRight() {
        head.page.navigate(threatened + "/sperre");
        head.send(Map.of("grund", "Gefahr für Leben und Gesundheit"));
        head.examineAsShown("receipt of a block");
        head.examine(threatened);
        assertThat(head.page.locator("main")).containsText("Im Notbetrieb gesetzt");

        clerk.page.navigate(threatened);

        assertThat(clerk.page.locator("h1")).hasText("Keine Person unter dieser Nummer");
    }

    @Test
    @Order(8)
    void withoutJavaScriptAMoveIsTakenAndTheReceiptFoundAgain() {
        clerk.page.navigate("/notbetrieb/suche");
        clerk.page.fill("#familienname", "Müller");
        clerk.page.click("main form[role=search] button");
        clerk.page.locator(".db-hits a").last().click();
        clerk.page.click("text=Umzug melden");
        clerk.send(NEW_ADDRESS);
        assertThat(clerk.page.locator("main")).containsText("Umzug vorläufig entgegengenommen");
        String number = clerk.page.locator("dd").first().textContent().strip();

        clerk.page.navigate("/notbetrieb/beleg");
        clerk.page.fill("#nummer", number);
        clerk.page.click("main button");

        assertThat(clerk.page.locator("main")).containsText("Neue Straße 7, 20095 Hamburg");
    }

    @Test
    @Order(9)
    void whoWasKnownLogsInAtTheStandbyAndAWrongPasswordDoesNot() {
        try (Visitor late = chromium.visitor(city.counter(), true)) {
            late.examine("/");
            assertThat(late.page.locator("h1")).hasText("Anmeldung im Notbetrieb");
            late.send(Map.of("kennung", "s150", "kennwort", "falsch"));
            assertThat(late.page.locator("main")).containsText("Anmeldung fehlgeschlagen");
            late.examineAsShown("refused at the standby");
            late.send(Map.of("kennung", "s150", "kennwort", "Schalter-150"));
            assertThat(late.page.locator("h1")).hasText("Bürgeramt im Notbetrieb");
        }
    }

    @Test
    @Order(10)
    void theSituationSaysInGermanWhatIsAndWhy() {
        operator.page.navigate("/");
        assertThat(operator.page.locator(".db-headline")).containsText("Im Notbetrieb: Einwohnerregister");
        operator.page.setViewportSize(1100, 640);
        operator.page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Visitor.PICTURES.resolve("situation.png")));
        operator.examineAsShown("situation on the standby");
        operator.examine("/dienste/register");
        assertThat(operator.page.locator("main [lang=en]")).hasCount(0);
        operator.examine("/protokoll");
        operator.page.click("text=Kette prüfen");
        assertThat(operator.page.locator("main")).containsText("Alle Einträge sind, wie sie geschrieben wurden");
        operator.examineAsShown("evidence verified");
        operator.paper("evidence");
    }

    @Test
    @Order(11)
    void theSituationFollowsByItselfUntilTheRegisterIsBack() throws Exception {
        order("anhalten", "Erst ansehen, dann zurück");
        city.fault("ok");
        changeAtThePrimaryMeanwhile();
        order("fortsetzen", "Speicher ist getauscht");
        head.page.navigate(mover + "/umzug");
        operator.page.navigate("/");
        operator.page.evaluate("window.notReloaded = true");
        operator.page.focus("article h2 a");

        assertThat(operator.page.locator(".db-headline"))
                .hasText(
                        "Alle Dienste laufen im Regelbetrieb.",
                        new LocatorAssertions.HasTextOptions().setTimeout(RETURNED));

        assertThat(operator.page.evaluate("window.notReloaded")).isEqualTo(true);
        assertThat(operator.page.evaluate("document.activeElement.getAttribute('href')"))
                .isEqualTo("/dienste/register");
        operator.examine("/dienste/register");
        assertThat(operator.page.locator("main [lang=en]")).hasCount(0);
        operator.paper("service");
        clerk.page.navigate("/notbetrieb/");
        assertThat(clerk.page.url()).doesNotContain("notbetrieb");
    }

    private static void order(String slug, String reason) {
        operator.page.navigate("/dienste/register/auftrag/" + slug);
        operator.send(Map.of("grund", reason));
        assertThat(operator.page.locator("main")).containsText("Der Auftrag ist angenommen");
    }

    /** Somebody who does not come through the gateway: what the standby did to this person is a conflict now. */
    private static void changeAtThePrimaryMeanwhile() {
        try (Visitor elsewhere = chromium.visitor(city.primary(), false)) {
            elsewhere.logInAtThePrimary("s003", "Schalter-003");
            elsewhere.page.navigate(mover.substring("/notbetrieb".length()) + "/umzug");
            fillInAtThePrimary(elsewhere.page);
            elsewhere.page.fill("[name=neueStrasse]", "Ältere Gasse");
            elsewhere.page.click("main form button");
            assertThat(elsewhere.page.url()).contains("ok=");
        }
    }

    @Test
    @Order(12)
    void aFormThatIsSentTooLateIsOfferedToTheRegister() {
        head.send(NEW_ADDRESS);

        assertThat(head.page.locator("h1")).hasText("Der Regelbetrieb ist zurück");
        assertThat(head.page.locator("main")).containsText("Neue Straße");
        head.examineAsShown("sent too late");
    }

    @Test
    @Order(13)
    void theWorklistShowsBothVersionsAndTakesADecision() {
        operator.examine("/arbeitsliste");
        operator.page.click("text=Umzug");
        assertThat(operator.page.locator("main")).containsText("Ältere Gasse");
        assertThat(operator.page.locator("main")).containsText("Neue Straße");
        operator.examineAsShown("conflict");
        operator.page.check("#behalten");
        operator.send(Map.of("grund", "Die Bürgerin hat den ersten Umzug bestätigt"));
        assertThat(operator.page.locator("main")).containsText("ist entschieden");
        operator.page.click("text=Zuzug aus dem Ausland");
        operator.examineAsShown("registration to confirm");
        operator.page.check("#uebertragen");
        operator.send(Map.of("grund", "Pass liegt vor"));

        assertThat(operator.page.locator("main"))
                .containsText(
                        "Es wartet nichts auf eine Entscheidung",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(SOON));
        operator.examineAsShown("worklist decided");
    }

    @Test
    @Order(14)
    void whenBothSidesAreGoneThePageSaysWhatHoldsAndWhatToDo() throws Exception {
        city.fault("dead");
        clerk.page.navigate("/suche?nachname=Schmidt&vorname=&gebdat=");
        city.awaitState("ON_STANDBY");
        city.kill("control");

        head.page.navigate("/suche?nachname=Schmidt&vorname=&gebdat=");

        assertThat(head.page.locator("h1")).hasText("Das Register ist gerade nicht erreichbar");
        head.examineAsShown("both sides gone");
    }
}
