package de.doppelboden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.register.counter.RunningCounter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The counter of the standby as a clerk meets it behind the gateway. */
class CounterTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle", "register");

    @TempDir
    static Path data;

    static Chromium chromium;
    static RunningCounter counter;
    static String om;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        counter = new RunningCounter(DATABASE.database(), data);
        om = counter.column("select om from register.resident order by om limit 1")
                .getFirst();
    }

    @AfterAll
    static void stop() {
        if (counter != null) {
            counter.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/notbetrieb/",
                "/notbetrieb/suche",
                "/notbetrieb/suche?familienname=M%C3%BCller",
                "/notbetrieb/person/OM",
                "/notbetrieb/person/OM/umzug",
                "/notbetrieb/person/OM/sperre",
                "/notbetrieb/person/OM/personenstand",
                "/notbetrieb/person/999999999",
                "/notbetrieb/zuzug"
            })
    void thePageIsReadableForEverybody(String path) {
        try (Visitor clerk = visitor(counter.erika(), true)) {
            clerk.examine(path.replace("OM", om));
        }
    }

    @Test
    void theLogInOfTheStandbyIsReadableForEverybody() {
        try (Visitor nobody = visitor(counter.nobody(), true)) {
            nobody.examine("/notbetrieb/anmeldung");
        }
    }

    @Test
    void aMoveIsTakenWithoutJavaScriptAndTheReceiptIsReadable() {
        String receipt;
        try (Visitor clerk = visitor(counter.erika(), false)) {
            clerk.page.navigate("/notbetrieb/person/" + om + "/umzug");
            Map.of(
                            "strasse",
                            "Neue Straße",
                            "hausnummer",
                            "7",
                            "plz",
                            "20095",
                            "ort",
                            "Hamburg",
                            "einzug",
                            "2026-11-20")
                    .forEach((field, value) -> clerk.page.fill("[name=" + field + "]", value));
            clerk.page.click("main button[type=submit]");
            receipt = clerk.page.url();
        }

        assertThat(receipt).contains("/notbetrieb/beleg/");
        try (Visitor clerk = visitor(counter.erika(), true)) {
            clerk.examine(receipt);
        }
    }

    private static Visitor visitor(RunningCounter.Desk desk, boolean scripts) {
        var address = counter.address();
        Visitor visitor = chromium.visitor("http://" + address.getHostString() + ":" + address.getPort(), scripts);
        visitor.context.setExtraHTTPHeaders(Map.of(GatewayIdentity.HEADER, desk.header()));
        return visitor;
    }
}
