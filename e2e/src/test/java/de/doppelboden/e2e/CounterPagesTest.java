package de.doppelboden.e2e;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.register.RegisterOrder;
import de.doppelboden.register.counter.RunningCounter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pages of the counter that are seen in rare moments only, as the gateway would have them shown. */
class CounterPagesTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle", "register");

    @TempDir
    static Path data;

    static Chromium chromium;
    static RunningCounter counter;

    Visitor clerk;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        counter = new RunningCounter(DATABASE.database(), data);
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

    @BeforeEach
    void begin() {
        var address = counter.address();
        clerk = chromium.visitor("http://" + address.getHostString() + ":" + address.getPort(), true);
        asMax(Map.of());
    }

    @AfterEach
    void end() {
        clerk.close();
    }

    private void asMax(Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put(GatewayIdentity.HEADER, counter.max().header());
        clerk.context.setExtraHTTPHeaders(headers);
    }

    @Test
    void whatThePrimaryCarriedOutJustBeforeIsToldPlainly() {
        for (String operation : new String[] {"register.move", "register.block"}) {
            asMax(Map.of(
                    "Doppelboden-Operation", operation,
                    "Doppelboden-Key", "resident/1005",
                    "Doppelboden-Carried", "2019-09-24T09:00:01Z"));
            clerk.examine("/notbetrieb/ausgefuehrt");
            PlaywrightAssertions.assertThat(clerk.page.locator("main")).containsText("nicht noch einmal");
        }
    }

    @Test
    void whatHasBecomeOfAnUnansweredFormIsReadable() throws Exception {
        var vorgang = UUID.randomUUID();
        counter.execute(
                "insert into cycle.journal (service, idempotency_key, operation, key_space, key_id, base_version,"
                        + " payload, actor, office, at, state, epoch) values ('register', '" + vorgang
                        + "', 'register.move', 'resident', '1005', '1', '{}', 'a', 'Bürgeramt Nord', now(), 'SUSPECT', 7)");

        clerk.examine("/notbetrieb/offen/" + vorgang);
        PlaywrightAssertions.assertThat(clerk.page.locator("main"))
                .containsText("hat auf dieses Formular nicht geantwortet");
        clerk.examine("/notbetrieb/offen/" + UUID.randomUUID());
    }

    @Test
    void aReceiptSaysThatItsActWasNotTakenOver() throws Exception {
        var vorgang = UUID.randomUUID();
        var order = new RegisterOrder(
                RegisterOrder.Kind.MOVE,
                "1005",
                "1",
                Map.of("strasse", "Weg", "hausnummer", "1", "plz", "20095", "ort", "Hamburg", "einzug", "2019-09-24"),
                "m.muster",
                "Bürgeramt Nord",
                Instant.parse("2019-09-24T09:00:01Z"));
        counter.execute(
                "insert into register.receipt (vorgang, number, operation, om, login, office, received, payload,"
                        + " closed_at, dropped) values ('" + vorgang + "', 4711, 'register.move', '1005', 'm.muster',"
                        + " 'Bürgeramt Nord', now(), '" + order.json() + "', now(), true)");

        clerk.examine("/notbetrieb/beleg/" + vorgang);
        PlaywrightAssertions.assertThat(clerk.page.locator("main")).containsText("Nicht in das Register übertragen");
    }

    @Test
    void whoIsNotThereAndWhatIsForbiddenAreReadable() {
        clerk.examine("/notbetrieb/person/999999");
        clerk.examine("/notbetrieb/beleg?nummer=NB-000-0000");
        clerk.examine("/notbetrieb/person/1005/personenstand");
        clerk.examine("/notbetrieb/suche?familienname=Niemandskind");
    }

    @Test
    void withoutTheDatabaseThePageSaysWhatToDo() throws Exception {
        counter.execute("alter table register.clerk rename to clerk_away");
        try {
            clerk.examine("/notbetrieb/suche?familienname=Meier");
            PlaywrightAssertions.assertThat(clerk.page.locator("main")).containsText("nicht erreichbar");
        } finally {
            counter.execute("alter table register.clerk_away rename to clerk");
        }
    }
}
