package de.doppelboden.register.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.cycle.Worklist;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.identity.GatewayIdentity;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RegisterGateTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("evidence", "identity", "cycle", "register");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path data;

    private FakeSides sides;
    private GateFixture gate;

    @BeforeEach
    void start() throws Exception {
        database.database().transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(
                        "truncate cycle.ownership, cycle.gateway, cycle.journal, cycle.journal_step, cycle.traffic,"
                                + " cycle.decision, cycle.proof, cycle.permit");
                return 0;
            }
        });
        sides = new FakeSides();
        gate = new GateFixture(sides, database.database(), data);
    }

    @AfterEach
    void stop() {
        gate.close();
        sides.close();
    }

    /** The judge has seen both sides well. */
    private void bothSidesAreKnown() {
        await().atMost(PATIENCE).until(() -> {
            var verdicts = gate.register.cycle().status().verdicts();
            return verdicts.primary() == Verdict.HEALTHY && verdicts.standby() == Verdict.HEALTHY;
        });
    }

    private void onStandby() {
        bothSidesAreKnown();
        sides.killPrimary();
        await().atMost(PATIENCE).until(() -> gate.state() == State.ON_STANDBY);
    }

    @Test
    void answersAreThePrimarysOwnWhileItAnswers() throws Exception {
        var page = gate.get("/suche?nachname=M%C3%BCller", "Doppelboden-Identity", "forged", "X-Kept", "1");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("primary GET /suche?nachname=M%C3%BCller");
        assertThat(page.headers().map()).doesNotContainKey("doppelboden-login");
        assertThat(gate.state()).isEqualTo(State.NORMAL);
        assertThat(gate.get("/notbetrieb/suche?familienname=Meier").headers().firstValue("location"))
                .contains("/suche?nachname=Meier");
        assertThat(gate.get("/notbetrieb/person/4711/umzug").headers().firstValue("location"))
                .contains("/person/4711/umzug");
        assertThat(gate.get("/notbetrieb/..;/services").statusCode()).isEqualTo(400);
        assertThat(gate.get("/notbetrieb/%2e%2e/api").statusCode()).isEqualTo(400);
        assertThat(gate.post("/notbetrieb/uebernahme", "a=b").statusCode()).isEqualTo(404);
    }

    @Test
    void showsOurPagesWhenThePrimaryIsDead() throws Exception {
        onStandby();

        assertThat(gate.get("/suche?nachname=Meier&gebdat=1980-01-02").headers().firstValue("location"))
                .contains("/notbetrieb/suche?familienname=Meier&geburtsdatum=1980-01-02");
        assertThat(gate.get("/person/4711").headers().firstValue("location")).contains("/notbetrieb/person/4711");
        assertThat(gate.get("/irgendwas").headers().firstValue("location")).contains("/notbetrieb/");
        assertThat(gate.get("/notbetrieb/suche?familienname=Meier").body()).contains("standby /notbetrieb/suche");
        var form = gate.post("/person/4711/umzug", "vorgang=v1&neueStrasse=Weg&stand=3");
        assertThat(form.body()).contains("standby /notbetrieb/uebernahme");
        assertThat(sides.atStandby).contains("POST /notbetrieb/uebernahme vorgang=v1&neueStrasse=Weg&stand=3");
        var headers = sides.latestOfAUser();
        assertThat(headers.getFirst("Doppelboden-Operation")).isEqualTo("register.move");
        assertThat(headers.getFirst("Doppelboden-Key")).isEqualTo("resident/4711");
        assertThat(headers.getFirst("Doppelboden-Cause")).isEqualTo("switched");
        var identity = gate.identity
                .signature()
                .verify(headers.getFirst("Doppelboden-Identity"))
                .orElseThrow();
        assertThat(identity.epoch()).isEqualTo(1);
        assertThat(identity.lagText()).startsWith("Stand ");
    }

    @Test
    void losesFewRequestsWhenThePrimaryDiesAtTwoHundredASecond() throws Exception {
        bothSidesAreKnown();
        var answers = new CopyOnWriteArrayList<Integer>();
        var errors = new AtomicInteger();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor();
                var clock = Executors.newScheduledThreadPool(2)) {
            clock.scheduleAtFixedRate(
                    () -> clients.execute(() -> request(answers, errors)), 0, 5, TimeUnit.MILLISECONDS);
            await().until(() -> answers.size() > 400);
            sides.killPrimary();
            await().atMost(PATIENCE).until(() -> gate.state() == State.ON_STANDBY);
            int then = answers.size();
            await().until(() -> answers.size() > then + 200);
            clock.shutdownNow();
        }

        long bad =
                errors.get() + answers.stream().filter(status -> status >= 500).count();
        assertThat(bad).as("bad requests").isLessThanOrEqualTo(20);
        assertThat(answers).contains(200, 303);
    }

    private void request(List<Integer> answers, AtomicInteger errors) {
        try {
            answers.add(gate.get("/suche?nachname=Meier").statusCode());
        } catch (Exception failed) {
            errors.incrementAndGet();
        }
    }

    @Test
    void leavesAPrimaryThatLimps() throws Exception {
        bothSidesAreKnown();
        sides.health = FakeSides.Health.LIMPING;
        var answers = new CopyOnWriteArrayList<Integer>();
        var errors = new AtomicInteger();

        try (var clients = Executors.newVirtualThreadPerTaskExecutor();
                var clock = Executors.newScheduledThreadPool(1)) {
            clock.scheduleAtFixedRate(
                    () -> clients.execute(() -> request(answers, errors)), 0, 100, TimeUnit.MILLISECONDS);
            await().atMost(PATIENCE).until(() -> gate.state() == State.ON_STANDBY);
            clock.shutdownNow();
        }

        assertThat(errors).hasValue(0);
        assertThat(answers).allSatisfy(status -> assertThat(status).isIn(200, 303));
        assertThat(gate.register.waiting()).isZero();
    }

    @Test
    void leavesAPrimaryThatLies() throws Exception {
        bothSidesAreKnown();
        sides.health = FakeSides.Health.LYING;

        await().atMost(PATIENCE).until(() -> {
            gate.get("/suche?nachname=Meier");
            return gate.state() == State.ON_STANDBY;
        });
    }

    @Test
    void offersAnUnansweredFormAgainAndHasItsOutcomeLookedUp() throws Exception {
        bothSidesAreKnown();
        sides.health = FakeSides.Health.HANGING;
        var answer = new CopyOnWriteArrayList<HttpResponse<String>>();
        var clerk = Thread.ofVirtual().start(() -> {
            try {
                answer.add(gate.post(
                        "/person/4711/umzug",
                        "vorgang=5f0e8a52-4c4b-4a55-8a1e-0d5fd8b1b0aa&stand=7&neueStrasse=Neuer+Weg&neueHausnummer=3"
                                + "&neuePlz=20095&neuerOrt=Hamburg&einzugAm=2019-09-24"));
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        await().atMost(PATIENCE).until(() -> {
            var ignored = Thread.ofVirtual().start(() -> request(new CopyOnWriteArrayList<>(), new AtomicInteger()));
            return gate.state() == State.ON_STANDBY && ignored != null;
        });
        await().atMost(PATIENCE).until(() -> !answer.isEmpty());
        clerk.join();

        assertThat(answer.getFirst().body()).contains("/notbetrieb/uebernahme");
        var item = new Worklist(database.database(), "register")
                .item("5f0e8a52-4c4b-4a55-8a1e-0d5fd8b1b0aa")
                .orElseThrow();
        assertThat(item.entry().state()).isEqualTo(EntryState.SUSPECT);
        assertThat(item.entry().key().id()).isEqualTo("4711");
        assertThat(item.entry().baseVersion()).isEqualTo("7");
        assertThat(item.entry().payload())
                .contains("\"strasse\": \"Neuer Weg\"")
                .contains("\"umzug\"");
    }

    @Test
    void goesBackWhenThePrimaryHasProvenItself() throws Exception {
        onStandby();

        sides.revivePrimary();

        await().atMost(Duration.ofSeconds(40)).until(() -> {
            gate.get("/notbetrieb/suche?familienname=Meier", "Cookie", "REGSITZUNG=unbekannt");
            return gate.state() == State.NORMAL;
        });
        assertThat(gate.get("/suche?nachname=Meier").body()).contains("primary");
        assertThat(gate.register.cycle().users().ownership().epoch()).isEqualTo(2);
        assertThat(gate.decisions).anySatisfy(text -> assertThat(text).contains("FAIL_OVER"));
    }

    @Test
    void knowsTheClerkWhomThePrimaryHasAccepted() throws Exception {
        var refused = gate.post("/anmeldung", "kennung=e.beispiel&kennwort=falsch");
        var accepted = gate.post("/anmeldung", "kennung=e.beispiel&kennwort=richtig");
        assertThat(refused.body()).contains("fehlgeschlagen");
        assertThat(accepted.headers().firstValue("set-cookie"))
                .hasValueSatisfying(c -> assertThat(c).contains("abc123"));
        onStandby();

        gate.get("/notbetrieb/suche?familienname=Meier", "Cookie", "REGSITZUNG=abc123");
        assertThat(lastIdentity().login()).isEqualTo("e.beispiel");
        assertThat(lastIdentity().rights()).contains("sperre.sehen");
        gate.get("/notbetrieb/suche?familienname=Meier", "Cookie", "REGSITZUNG=geraten");
        assertThat(lastIdentity().anonymous()).isTrue();
    }

    @Test
    void tellsHerOfTheActThatThePrimaryCarriedOutJustBeforeItWent() throws Exception {
        gate.post("/anmeldung", "kennung=e.beispiel&kennwort=richtig");
        String[] known = {"Cookie", "REGSITZUNG=abc123"};
        var sent = gate.post("/person/4711/umzug", "vorgang=1&stand=7", known);
        onStandby();

        assertThat(gate.get("/suche?nachname=Meier", known).headers().firstValue("location"))
                .as("another tab of hers")
                .hasValueSatisfying(at -> assertThat(at).startsWith("/notbetrieb/suche"));
        String follows = sent.headers().firstValue("location").orElseThrow();
        assertThat(gate.get(follows, known).headers().firstValue("location")).hasValue("/notbetrieb/ausgefuehrt");
        for (int look = 0; look < 2; look++) {
            gate.get("/notbetrieb/ausgefuehrt", known);
            var headers = sides.standbyHeaders.stream()
                    .filter(all -> all.containsKey("Doppelboden-Carried"))
                    .toList();
            assertThat(headers).as("also when she loads it again").hasSize(look + 1);
            assertThat(headers.getLast().getFirst("Doppelboden-Operation")).isEqualTo("register.move");
            assertThat(headers.getLast().getFirst("Doppelboden-Key")).isEqualTo("resident/4711");
        }
        assertThat(gate.get(follows, known).headers().firstValue("location"))
                .as("told once")
                .hasValue("/notbetrieb/person/4711");
    }

    @Test
    void tellsNobodyWhomThePrimaryHasTold() throws Exception {
        gate.post("/anmeldung", "kennung=e.beispiel&kennwort=richtig");
        String[] known = {"Cookie", "REGSITZUNG=abc123"};
        gate.post("/person/4711/umzug", "vorgang=1&stand=7", known);
        assertThat(gate.get("/person/4711?ok=1", known).body()).contains("primary");
        onStandby();

        assertThat(gate.get("/person/4711", known).headers().firstValue("location"))
                .hasValue("/notbetrieb/person/4711");
        gate.get("/notbetrieb/ausgefuehrt", known);
        assertThat(sides.standbyHeaders).noneMatch(headers -> headers.containsKey("Doppelboden-Carried"));
    }

    @Test
    void doesNotClaimAnActThatThePrimaryHasSentToTheLogIn() throws Exception {
        gate.post("/anmeldung", "kennung=e.beispiel&kennwort=richtig");
        String[] known = {"Cookie", "REGSITZUNG=abc123"};
        sides.sessionsOver = true;
        var sent = gate.post("/person/4711/umzug", "vorgang=1&stand=7", known);
        onStandby();

        assertThat(sent.headers().firstValue("location")).hasValue("/anmeldung");
        assertThat(gate.get("/person/4711", known).headers().firstValue("location"))
                .hasValue("/notbetrieb/person/4711");
    }

    @Test
    void saysThatAFormIsNotSavedWhenOurPageCannotTakeIt() throws Exception {
        onStandby();
        sides.strangers = true;

        var answer = gate.post("/person/4711/umzug", "vorgang=1&stand=7");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("Ihr Formular wurde nicht gespeichert");
    }

    @Test
    void takesNoFormFromAPageOfSomebodyElse() throws Exception {
        onStandby();
        int before = sides.atStandby.size();

        var crossSite = gate.post("/person/4711/umzug", "vorgang=1&stand=7", "Sec-Fetch-Site", "cross-site");
        var otherOrigin = gate.post("/person/4711/umzug", "vorgang=1&stand=7", "Origin", "https://evil.example");

        assertThat(crossSite.statusCode()).isEqualTo(403);
        assertThat(otherOrigin.statusCode()).isEqualTo(403);
        assertThat(sides.atStandby.subList(before, sides.atStandby.size()))
                .noneMatch(line -> line.contains("uebernahme"));
        assertThat(gate.post("/person/4711/umzug", "vorgang=1&stand=7", "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void opensToUsersOnlyWhatIsForThem() throws Exception {
        onStandby();
        int before = sides.atStandby.size();

        for (String path : List.of(
                "/notbetrieb/personen/2.0/rest/person/search",
                "/notbetrieb/%70ersonen/2.0/rest/person/search",
                "/notbetrieb/uebernahme",
                "/notbetrieb/%75ebernahme",
                "/notbetrieb/intern")) {
            assertThat(gate.post(path, "{}").statusCode()).as(path).isIn(400, 404);
            assertThat(gate.get(path).statusCode()).as(path).isIn(400, 404);
        }

        assertThat(sides.atStandby.subList(before, sides.atStandby.size()))
                .as("the probe asks the search with criteria")
                .noneMatch(line -> line.endsWith(" {}"));
    }

    @Test
    void aLogOutEndsTheSessionWhereverSheLoggedIn() throws Exception {
        gate.post("/anmeldung", "kennung=e.beispiel&kennwort=richtig");
        String[] known = {"Cookie", "REGSITZUNG=abc123"};
        onStandby();
        gate.get("/notbetrieb/suche?familienname=Meier", known);
        assertThat(lastIdentity().login()).isEqualTo("e.beispiel");

        gate.post("/notbetrieb/abmeldung", "", known);

        gate.get("/notbetrieb/suche?familienname=Meier", known);
        assertThat(lastIdentity().anonymous()).isTrue();
    }

    private GatewayIdentity lastIdentity() {
        var header = sides.standbyHeaders.stream()
                .filter(headers -> headers.getFirst("X-Forwarded-For") != null)
                .reduce((first, second) -> second)
                .orElseThrow()
                .getFirst("Doppelboden-Identity");
        return gate.identity.signature().verify(header).orElseThrow();
    }

    @Test
    void beginsASessionForWhoLogsInAtTheStandby() throws Exception {
        onStandby();
        gate.get("/notbetrieb/suche?familienname=A");
        var anonymous = lastIdentity();
        sides.loginHeader = gate.identity
                .signature()
                .sign(new GatewayIdentity(
                        anonymous.service(),
                        anonymous.epoch(),
                        anonymous.state(),
                        "e.beispiel",
                        "Erika Beispiel",
                        "Mitte",
                        List.of("clerk"),
                        List.of(),
                        "",
                        "",
                        anonymous.issued(),
                        ""));

        var loggedIn = gate.post("/anmeldung", "kennung=e.beispiel&kennwort=richtig");

        assertThat(sides.atStandby).contains("POST /notbetrieb/anmeldung kennung=e.beispiel&kennwort=richtig");
        assertThat(loggedIn.headers().map()).doesNotContainKey("doppelboden-login");
        String cookie = loggedIn.headers().firstValue("set-cookie").orElseThrow();
        assertThat(cookie).startsWith("DBSITZUNG=").contains("HttpOnly");
        gate.get("/notbetrieb/suche?familienname=A", "Cookie", cookie.substring(0, cookie.indexOf(';')));
        assertThat(lastIdentity().login()).isEqualTo("e.beispiel");
    }

    @Test
    void asksTheStandbyAsWellWhenASearchIsSlowButNotForWhoHasNoToken() throws Exception {
        bothSidesAreKnown();
        sides.hangsAt = "/personen/";
        String path = "/personen/2.0/rest/person/search";

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var without =
                    threads.submit(() -> gate.post(path, "{\"name\":\"geraten\"}", "Authorization", "Bearer geraten"));
            var with = gate.post(path, "{\"name\":\"Meier\"}", "Authorization", "Bearer geheim");

            assertThat(with.statusCode()).isEqualTo(200);
            assertThat(with.body()).contains("standby /notbetrieb" + path);
            assertThat(without.get(20, TimeUnit.SECONDS).statusCode()).isNotEqualTo(200);
        }
        assertThat(sides.atStandby).anyMatch(asked -> asked.contains("Meier"));
        assertThat(sides.atStandby).noneMatch(asked -> asked.contains("geraten"));
    }

    @Test
    void answersTheSearchInterfaceOnBothSidesForWhoHasAToken() throws Exception {
        var atPrimary = gate.post("/personen/2.0/rest/person/search", "{}", "Authorization", "Bearer geheim");
        onStandby();
        var withToken = gate.post("/personen/2.0/rest/person/search", "{}", "Authorization", "Bearer geheim");
        var without = gate.post("/personen/2.0/rest/person/search", "{}", "Authorization", "Bearer geraten");

        assertThat(atPrimary.body()).contains("primary POST /personen/2.0/rest/person/search");
        assertThat(withToken.body()).contains("standby /notbetrieb/personen/2.0/rest/person/search");
        assertThat(without.statusCode()).isEqualTo(401);
    }

    @Test
    void movesUsersWhenAPersonOrdersItAndSaysWhyNot() throws Exception {
        bothSidesAreKnown();

        var decision = gate.register.cycle().order(new Order.FailOver("person", "a test"));
        await().atMost(PATIENCE).until(() -> gate.state() == State.ON_STANDBY);

        assertThat(decision.reason()).isNotBlank();
        assertThat(gate.get("/person/4711").statusCode()).isEqualTo(303);
    }

    @Test
    void inAnExerciseEachRecordIsReadAndWrittenWhereItBelongs() throws Exception {
        gate.post("/anmeldung", "kennung=e.beispiel&kennwort=richtig");
        bothSidesAreKnown();
        var cycle = gate.register.cycle();
        var order = new Order.Prove(Slice.named("e.beispiel"), Slice.named("resident/4711"), "person", "a test");
        await().atMost(PATIENCE).until(() -> cycle.order(order).action() == Decision.Action.EXERCISE);
        await().atMost(PATIENCE).until(() -> !cycle.users().ownership().apart().nobody());

        String[] known = {"Cookie", "REGSITZUNG=abc123"};
        assertThat(gate.get("/suche?nachname=Meier", known).statusCode()).isEqualTo(303);
        assertThat(gate.get("/person/4711", known).headers().firstValue("location"))
                .hasValue("/notbetrieb/person/4711");
        assertThat(gate.get("/notbetrieb/person/4711/umzug", known).body()).contains("standby");
        assertThat(gate.get("/notbetrieb/person/4712/umzug", known).headers().firstValue("location"))
                .hasValue("/person/4712/umzug");
        assertThat(gate.get("/person/4711").body())
                .as("nobody is asked to log in")
                .contains("primary");
        assertThat(gate.get("/style.css", known).body()).contains("primary");

        gate.post("/person/4712/umzug", "vorgang=1&stand=7", known);
        assertThat(gate.get("/suche?nachname=Meier", known).body())
                .as("where she wrote")
                .contains("primary");
        gate.post("/notbetrieb/person/4711/umzug", "vorgang=2&stand=7", known);
        assertThat(gate.get("/suche?nachname=Meier", known).statusCode()).isEqualTo(303);

        cycle.order(new Order.EndExercise("person", "enough"));
        await().atMost(PATIENCE).until(() -> gate.state() == State.NORMAL);
        assertThat(cycle.users().ownership().apart().nobody()).isTrue();
        assertThat(gate.get("/person/4711", known).body()).contains("primary");
        assertThat(gate.decisions)
                .as("the fake standby promised a receipt and kept no journal")
                .anySatisfy(text -> assertThat(text).contains("the standby is disproven"));
    }

    @Test
    void goesOnWhereItWasAfterARestart() throws Exception {
        onStandby();
        gate.close();

        gate = new GateFixture(sides, database.database(), data);

        assertThat(gate.state()).isEqualTo(State.ON_STANDBY);
        assertThat(gate.get("/person/4711").headers().firstValue("location")).contains("/notbetrieb/person/4711");
    }
}
