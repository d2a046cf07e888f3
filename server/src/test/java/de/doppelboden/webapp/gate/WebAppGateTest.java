package de.doppelboden.webapp.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.webapp.gate.AppSides.Health;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WebAppGateTest {

    private static final String[] SHARED = {"state: shared", "equivalent: true"};

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle");

    @TempDir
    Path data;

    private AppSides sides;
    private AppFixture gate;

    @BeforeEach
    void begin() throws Exception {
        DATABASE.database().transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("truncate cycle.ownership, cycle.gateway, cycle.traffic");
                return 0;
            }
        });
        sides = new AppSides();
    }

    @AfterEach
    void end() {
        gate.close();
        sides.close();
    }

    private void start(String... more) throws Exception {
        gate = new AppFixture(sides, DATABASE.database(), data, more);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> gate.portal.cycle().evidence().doubts().isEmpty());
        for (int i = 0; i < 20; i++) {
            gate.get("/app/mail");
            gate.post("/app/mail");
        }
    }

    private void onStandby() throws Exception {
        sides.primary().kill();
        gate.crowd(20, "/app/mail");
        await().atMost(Duration.ofSeconds(10)).until(() -> gate.state() == State.ON_STANDBY);
    }

    @Test
    void passesRequestsThrough() throws Exception {
        start();

        assertThat(gate.get("/app/mail?an=mich").body()).isEqualTo("PRIMARY GET /app/mail?an=mich ");
        assertThat(gate.post("/app/mail").body()).isEqualTo("PRIMARY POST /app/mail eins=1");
        assertThat(gate.get("/fehlt").statusCode()).isEqualTo(404);
        assertThat(sides.standby().asked).isEmpty();
    }

    @Test
    void whatIsNotToBeForwardedIsAnsweredHere() throws Exception {
        start(SHARED);
        sides.primary().asked.clear();

        assertThat(gate.send("OPTIONS", "/app/mail", "Max-Forwards", "0").statusCode())
                .isEqualTo(200);
        assertThat(sides.primary().asked).isEmpty();
    }

    @Test
    void aDeadPrimaryCostsReadersNothing() throws Exception {
        start(SHARED);

        sides.primary().kill();

        assertThat(gate.crowd(20, "/app/mail"))
                .hasSize(20)
                .allSatisfy(answer -> assertThat(answer.body()).startsWith("STANDBY GET /app/mail"));
        await().until(() -> gate.state() == State.ON_STANDBY);
        assertThat(gate.post("/app/mail").body()).isEqualTo("STANDBY POST /app/mail eins=1");
    }

    @Test
    void aSideThatHangsIsLeftAndItsReadersFollow() throws Exception {
        start(SHARED);

        sides.primary().is(Health.HANGING);
        var answers = gate.crowd(100, "/app/mail");

        assertThat(answers)
                .hasSize(100)
                .allSatisfy(answer -> assertThat(answer.body()).startsWith("STANDBY"));
        await().until(() -> gate.state() == State.ON_STANDBY);
    }

    @Test
    void aWriteThatWasSentAndNotAnsweredIsNotSentAgain() throws Exception {
        start(SHARED);
        sides.primary().is(Health.DROPPING, line -> line.startsWith("POST"));
        sides.standby().asked.clear();

        var unknown = gate.post("/app/mail", "Accept", "application/json");

        assertThat(unknown.statusCode()).isEqualTo(504);
        assertThat(unknown.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(sides.standby().asked).isEmpty();
    }

    /** Users are moved while it waits, because the primary answers nobody. */
    private String postedWhileUsersAreMoved(String... headers) throws Exception {
        sides.primary().is(Health.DROPPING);
        var others = Thread.ofVirtual().start(() -> {
            try {
                gate.crowd(40, "/app/mail");
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        var answer = gate.post("/app/mail", headers);
        others.join();
        return answer.body();
    }

    @Test
    void aWriteWithAnIdempotencyKeyMayBeSentTwice() throws Exception {
        start(SHARED);

        assertThat(postedWhileUsersAreMoved("Idempotency-Key", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\""))
                .isEqualTo("STANDBY POST /app/mail eins=1");
    }

    @Test
    void aWriteOfAnIdempotentClassMayBeSentTwice() throws Exception {
        start("state: shared", "classes: [{ name: mail, method: POST, path: /app/mail, idempotent: true }]");

        assertThat(postedWhileUsersAreMoved()).isEqualTo("STANDBY POST /app/mail eins=1");
    }

    @Test
    void ofAWriteWithAnIdempotencyKeyThatNobodyAnswersNothingIsKnown() throws Exception {
        start(SHARED);
        sides.primary().is(Health.DROPPING, line -> line.startsWith("POST"));
        sides.standby().kill();

        assertThat(gate.post("/app/mail", "Idempotency-Key", "\"8e03978e\"").statusCode())
                .as("the primary may have carried it out")
                .isEqualTo(504);
    }

    @Test
    void aLateAnswerOfTheOtherSideIsBetterThanNone() throws Exception {
        start(SHARED);
        sides.primary().is(Health.DROPPING, line -> line.equals("GET /app/list?selten"));
        sides.standby().is(Health.SLOW, line -> line.equals("GET /app/list?selten"));

        assertThat(gate.get("/app/list?selten").body()).startsWith("STANDBY");
    }

    @Test
    void whatFailedOnBothSidesAndIsNotAnsweredWhenAskedOnceMoreHasFailed() throws Exception {
        start(SHARED);
        var first = new AtomicBoolean(true);
        sides.primary().is(Health.FAILING, line -> {
            if (line.equals("GET /app/list?selten") && !first.getAndSet(false)) {
                sides.primary().is(Health.HANGING, line::equals);
            }
            return line.equals("GET /app/list?selten");
        });
        sides.standby().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));

        assertThat(gate.get("/app/list?selten").statusCode()).isEqualTo(500);
    }

    @Test
    void aReadThatFailsIsAskedOfTheOtherSide() throws Exception {
        start(SHARED);
        sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));

        assertThat(gate.get("/app/list?selten").body()).startsWith("STANDBY");
        assertThat(gate.get("/app/list?falsch").statusCode())
                .as("it fails on both sides")
                .isEqualTo(500);
        assertThat(gate.state()).isEqualTo(State.NORMAL);
    }

    @Test
    void aReadThatFailsOnBothSidesIsAskedOfTheFirstOnceMore() throws Exception {
        start(SHARED);
        var first = new AtomicBoolean(true);
        sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten") && first.getAndSet(false));
        sides.standby().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));

        assertThat(gate.get("/app/list?selten").body()).startsWith("PRIMARY");
        assertThat(sides.standby().asked).contains("GET /app/list?selten");
        assertThat(gate.state()).isEqualTo(State.NORMAL);
    }

    @Test
    void whereTheStandbyGivesNothingOfUseAReadIsAskedOfThePrimaryTwiceMore() throws Exception {
        start(SHARED);
        sides.standby().is(Health.FAILING);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> gate.portal.cycle().evidence().standby() == Verdict.FAILED);
        var times = new AtomicInteger();
        sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten") && times.getAndIncrement() < 2);

        assertThat(gate.get("/app/list?selten").body()).startsWith("PRIMARY");
        assertThat(sides.standby().asked).doesNotContain("GET /app/list?selten");
    }

    @Test
    void aClassSaysWhatASuccessIs() throws Exception {
        start(
                "state: shared",
                "equivalent: true",
                "classes: [{ name: status, path: /app/list, status: [200] }, { name: text, path: /app/form, text: STANDBY },"
                        + " { name: header, path: /app/view, header: 'X-Done: yes' }]");
        sides.primary().is(Health.EMPTY, line -> line.endsWith("/app/list"));

        assertThat(gate.get("/app/list").body()).startsWith("STANDBY");
        assertThat(gate.get("/app/form").body()).startsWith("STANDBY");
        assertThat(gate.get("/app/view").body()).as("neither side says so").startsWith("PRIMARY");
        assertThat(sides.standby().asked).containsOnlyOnce("GET /app/view");
        assertThat(gate.get("/app/mail").body()).as("of no such class").startsWith("PRIMARY");
    }

    @Test
    void sidesThatAreNotEquivalentAreNotBothAsked() throws Exception {
        start("state: shared");
        sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));

        assertThat(gate.get("/app/list?selten").statusCode()).isEqualTo(500);
        assertThat(sides.standby().asked).isEmpty();
    }

    @Test
    void withStateOfItsOwnTheStandbyTakesNoWrites() throws Exception {
        start("state: separate", "equivalent: true");
        onStandby();

        HttpResponse<String> refused = gate.post("/app/mail", "Accept", "text/html");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(refused.body()).contains("kann nur gelesen werden");
        assertThat(gate.portal.refused()).containsEntry("read_only", 1L).containsEntry("neither_side", 0L);
        assertThat(gate.get("/app/mail").body()).startsWith("STANDBY");
        assertThat(sides.standby().asked).noneMatch(line -> line.startsWith("POST"));
    }

    @Test
    void onlyTheIllClassMovesAndComesBack() throws Exception {
        start(SHARED);
        gate.get("/app/list");
        sides.primary().is(Health.FAILING, line -> line.startsWith("GET /app/list"));

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            gate.crowd(10, "/app/list");
            gate.crowd(10, "/app/mail");
            return gate.decisions.stream().anyMatch(text -> text.contains("NORMAL MOVE_CLASS only /app/list"));
        });

        assertThat(gate.get("/app/list").body()).startsWith("STANDBY");
        assertThat(gate.get("/app/mail").body()).startsWith("PRIMARY");
        sides.primary().is(Health.WELL);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            gate.crowd(4, "/app/list");
            return gate.get("/app/list").body().startsWith("PRIMARY");
        });
    }

    @Test
    void usersGoBackWhenThePrimaryHasProvenItself() throws Exception {
        start(SHARED);
        onStandby();

        sides.primary().revive();

        await().atMost(Duration.ofSeconds(40)).until(() -> {
            gate.crowd(4, "/app/mail");
            return gate.state() == State.NORMAL;
        });
        assertThat(gate.get("/app/mail").body()).startsWith("PRIMARY");
        assertThat(gate.post("/app/mail").body()).startsWith("PRIMARY");
    }

    @Test
    void aPrimaryThatRefusesWhatTheStandbyAnswersDoesNotServeAgain() throws Exception {
        start(SHARED);
        onStandby();

        sides.primary().revive();
        sides.primary().is(AppSides.Health.EMPTY, line -> line.contains("/app/mail"));

        awaitRefusal("GET /app/mail");
        sides.primary().is(AppSides.Health.WELL);
        awaitHome();
    }

    @Test
    void whereTheClassSaysSoAPrimaryWithOtherContentDoesNotServeAgain() throws Exception {
        start("state: shared", "equivalent: true", "classes:", "  - { name: Post, path: /app/mail, compare: content }");
        onStandby();

        sides.primary().revive(); // each side says its own name in its answers

        awaitRefusal("Post");
        sides.primary().says(Side.STANDBY);
        awaitHome();
    }

    @Test
    void aPrimaryWhosePagesArePackedOtherwiseServesAgain() throws Exception {
        start("state: shared", "equivalent: true", "classes:", "  - { name: Post, path: /app/mail, compare: content }");
        onStandby();
        sides.primary().says(Side.STANDBY);
        sides.primary().packs = true;

        sides.primary().revive();

        awaitHome("Accept-Encoding", "gzip");
    }

    private void awaitRefusal(String operation) {
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            gate.crowd(4, "/app/mail");
            assertThat(gate.state()).isNotEqualTo(State.NORMAL);
            return gate.decisions.stream()
                    .anyMatch(text -> text.contains("ABORT the return was refused")
                            && text.contains("it answered otherwise than the standby: " + operation + " in "));
        });
    }

    private void awaitHome(String... headers) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            for (int i = 0; i < 4; i++) {
                gate.get("/app/mail", headers);
            }
            return gate.state() == State.NORMAL;
        });
    }

    private void exerciseWith(String... slices) {
        var order = new Order.Prove(Slice.named(slices), Slice.NOBODY, "person", "a test");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gate.portal.cycle().order(order).action() == Decision.Action.EXERCISE);
    }

    @Test
    void whoHasWrittenInAnExerciseReadsWhereItIs() throws Exception {
        start("state: separate", "session-cookie: SITZUNG");
        exerciseWith("reads", "writes");

        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=reads").body()).startsWith("STANDBY");
        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=writes").body()).startsWith("STANDBY");
        assertThat(gate.post("/app/mail", "Cookie", "SITZUNG=writes").body()).startsWith("PRIMARY");
        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=writes").body()).startsWith("PRIMARY");
        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=reads").body()).startsWith("STANDBY");
    }

    @Test
    void anExerciseTakesNobodysSessionAway() throws Exception {
        start("state: shared", "session-cookie: SITZUNG", "shared-sessions: false");
        exerciseWith("known");

        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=known").body()).startsWith("PRIMARY");
        assertThat(gate.state()).isEqualTo(State.EXERCISING);
    }

    @Test
    void aSessionThatOnlyTheStandbyKnowsStaysThereWhenTheOthersGoBack() throws Exception {
        start("state: shared", "equivalent: true", "session-cookie: SITZUNG", "shared-sessions: false");
        onStandby();
        var begun = gate.post("/anmelden");
        String cookies = begun.headers().allValues("set-cookie").stream()
                .map(line -> line.substring(0, line.indexOf(';')))
                .collect(java.util.stream.Collectors.joining("; "));
        assertThat(cookies).contains("SITZUNG=STANDBY", "doppelboden-portal=standby");

        sides.primary().revive();
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            gate.crowd(4, "/app/mail");
            return gate.state() == State.NORMAL;
        });

        assertThat(gate.get("/app/mail", "Cookie", cookies).body()).startsWith("STANDBY");
        assertThat(gate.get("/app/mail", "Cookie", "SITZUNG=andere").body()).startsWith("PRIMARY");
        assertThat(gate.get("/app/mail").body()).startsWith("PRIMARY");
        assertThat(gate.post("/anmelden", "Cookie", "SITZUNG=alt").headers().allValues("set-cookie"))
                .as("a new session at the primary")
                .anyMatch(line -> line.startsWith("doppelboden-portal=;"));
    }

    @Test
    void noRequestOfASessionThatOneSideKnowsIsAskedOfBoth() throws Exception {
        start("state: shared", "equivalent: true", "session-cookie: SITZUNG", "shared-sessions: false");
        sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));
        sides.standby().asked.clear();

        assertThat(gate.get("/app/list?selten", "Cookie", "SITZUNG=x").statusCode())
                .isEqualTo(500);
        assertThat(sides.standby().asked).isEmpty();
    }

    @Test
    void withBothSidesGoneThePageSaysSo() throws Exception {
        start(SHARED);
        sides.standby().kill();
        sides.primary().kill();

        var page = gate.get("/app/mail", "Accept", "text/html");
        var problem = gate.get("/app/mail", "Accept", "application/json");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body())
                .contains("Diese Anwendung ist gerade nicht erreichbar", "<a href=\"\">Noch einmal versuchen</a>");
        assertThat(problem.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void withBothSidesGoneWhatMayBeKeptIsShownWithItsAgeAndWhatIsPersonalIsNot() throws Exception {
        start(SHARED);
        gate.get("/oeffentlich/zeiten");
        gate.get("/oeffentlich/anmelden");
        gate.get("/oeffentlich/mit-ausweis", "Authorization", "Bearer x");
        gate.get("/app/mail");
        sides.standby().kill();
        sides.primary().kill();

        var copy = gate.get("/oeffentlich/zeiten");

        assertThat(copy.statusCode()).isEqualTo(200);
        assertThat(copy.body()).isEqualTo("PRIMARY GET /oeffentlich/zeiten ");
        assertThat(copy.headers().firstValue("age")).isPresent();
        assertThat(gate.get("/app/mail", "Accept", "text/html").body())
                .contains("Lesen können Sie noch", "<a href=\"/oeffentlich/zeiten\">")
                .doesNotContain("anmelden\">", "mit-ausweis\">");
        assertThat(gate.get("/oeffentlich/zeiten", "Accept-Encoding", "br").statusCode())
                .as("what is not packed is for every browser")
                .isEqualTo(200);
        for (String personal : new String[] {"/oeffentlich/anmelden", "/oeffentlich/mit-ausweis", "/app/mail"}) {
            assertThat(gate.get(personal).statusCode()).as(personal).isEqualTo(503);
        }
        assertThat(gate.post("/oeffentlich/zeiten").statusCode()).isEqualTo(503);
    }

    @Test
    void withBothSidesGoneTheOperatorsFilesAreShown() throws Exception {
        Path files = Files.createDirectories(data.resolve("notfall/formulare"));
        Files.writeString(files.resolve("antrag.txt"), "Antrag auf Papier");
        Files.writeString(data.resolve("notfall/index.html"), "<h1>Was jetzt noch geht</h1>");
        Files.writeString(data.resolve("geheim.txt"), "geheim");
        start("state: shared", "gone-folder: notfall");
        sides.standby().kill();
        sides.primary().kill();

        assertThat(gate.get("/formulare/antrag.txt").body()).isEqualTo("Antrag auf Papier");
        var page = gate.get("/app/mail", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("Was jetzt noch geht");
        assertThat(gate.get("/%2e%2e/geheim.txt").body()).doesNotContain("geheim");
    }

    @Test
    void aLateAnswerIsBetterThanNone() throws Exception {
        start(SHARED);
        sides.primary().is(Health.SLOW);
        sides.standby().is(Health.SLOW);

        assertThat(gate.crowd(20, "/app/mail"))
                .hasSize(20)
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(gate.state()).isEqualTo(State.NORMAL);
    }
}
