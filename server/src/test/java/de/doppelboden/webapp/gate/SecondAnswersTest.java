package de.doppelboden.webapp.gate;

import static de.doppelboden.webapp.gate.RunningApp.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.State;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.webapp.gate.AppSides.Health;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecondAnswersTest {

    @RegisterExtension
    static final TestDatabase DATABASE = RunningApp.database();

    @RegisterExtension
    final RunningApp app = new RunningApp(DATABASE);

    @Test
    void aWriteThatWasSentAndNotAnsweredIsNotSentAgain() throws Exception {
        app.start(SHARED);
        app.sides.primary().is(Health.DROPPING, line -> line.startsWith("POST"));
        app.sides.standby().asked.clear();

        var unknown = app.gate().post("/app/mail", "Accept", "application/json");

        assertThat(unknown.statusCode()).isEqualTo(504);
        assertThat(unknown.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(app.sides.standby().asked).isEmpty();
    }

    @Test
    void aWriteWithAnIdempotencyKeyMayBeSentTwice() throws Exception {
        app.start(SHARED);

        assertThat(postedWhileUsersAreMoved("Idempotency-Key", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\""))
                .isEqualTo("STANDBY POST /app/mail eins=1");
    }

    @Test
    void aWriteOfAnIdempotentClassMayBeSentTwice() throws Exception {
        app.start("state: shared", "classes: [{ name: mail, method: POST, path: /app/mail, idempotent: true }]");

        assertThat(postedWhileUsersAreMoved()).isEqualTo("STANDBY POST /app/mail eins=1");
    }

    @Test
    void ofAWriteWithAnIdempotencyKeyThatNobodyAnswersNothingIsKnown() throws Exception {
        app.start(SHARED);
        app.sides.primary().is(Health.DROPPING, line -> line.startsWith("POST"));
        app.sides.standby().kill();

        assertThat(app.gate()
                        .post("/app/mail", "Idempotency-Key", "\"8e03978e\"")
                        .statusCode())
                .as("the primary may have carried it out")
                .isEqualTo(504);
    }

    @Test
    void aLateAnswerOfTheOtherSideIsBetterThanNone() throws Exception {
        app.start(SHARED);
        app.sides.primary().is(Health.DROPPING, line -> line.equals("GET /app/list?selten"));
        app.sides.standby().is(Health.SLOW, line -> line.equals("GET /app/list?selten"));

        assertThat(app.gate().get("/app/list?selten").body()).startsWith("STANDBY");
    }

    @Test
    void whatFailedOnBothSidesAndIsNotAnsweredWhenAskedOnceMoreHasFailed() throws Exception {
        app.start(SHARED);
        var first = new AtomicBoolean(true);
        app.sides.primary().is(Health.FAILING, line -> {
            if (line.equals("GET /app/list?selten") && !first.getAndSet(false)) {
                app.sides.primary().is(Health.HANGING, line::equals);
            }
            return line.equals("GET /app/list?selten");
        });
        app.sides.standby().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));

        assertThat(app.gate().get("/app/list?selten").statusCode()).isEqualTo(500);
    }

    @Test
    void aReadThatFailsIsAskedOfTheOtherSide() throws Exception {
        app.start(SHARED);
        app.sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));

        assertThat(app.gate().get("/app/list?selten").body()).startsWith("STANDBY");
        assertThat(app.gate().get("/app/list?falsch").statusCode())
                .as("it fails on both sides")
                .isEqualTo(500);
        assertThat(app.gate().state()).isEqualTo(State.NORMAL);
    }

    @Test
    void aReadThatFailsOnBothSidesIsAskedOfTheFirstOnceMore() throws Exception {
        app.start(SHARED);
        var first = new AtomicBoolean(true);
        app.sides.primary().is(Health.FAILING, line -> line.equals("GET /app/list?selten") && first.getAndSet(false));
        app.sides.standby().is(Health.FAILING, line -> line.equals("GET /app/list?selten"));

        assertThat(app.gate().get("/app/list?selten").body()).startsWith("PRIMARY");
        assertThat(app.sides.standby().asked).contains("GET /app/list?selten");
        assertThat(app.gate().state()).isEqualTo(State.NORMAL);
    }

    @Test
    void whereTheStandbyGivesNothingOfUseAReadIsAskedOfThePrimaryTwiceMore() throws Exception {
        app.start(SHARED);
        app.sides.standby().is(Health.FAILING);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> app.gate().portal.cycle().evidence().standby() == Verdict.FAILED);
        var times = new AtomicInteger();
        app.sides
                .primary()
                .is(Health.FAILING, line -> line.equals("GET /app/list?selten") && times.getAndIncrement() < 2);

        assertThat(app.gate().get("/app/list?selten").body()).startsWith("PRIMARY");
        assertThat(app.sides.standby().asked).doesNotContain("GET /app/list?selten");
    }

    @Test
    void aLateAnswerIsBetterThanNone() throws Exception {
        app.start(SHARED);
        app.sides.primary().is(Health.SLOW);
        app.sides.standby().is(Health.SLOW);

        assertThat(app.gate().crowd(20, "/app/mail"))
                .hasSize(20)
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(app.gate().state()).isEqualTo(State.NORMAL);
    }

    /** Users are moved while it waits, because the primary answers nobody. */
    private String postedWhileUsersAreMoved(String... headers) throws Exception {
        app.sides.primary().is(Health.DROPPING);
        var others = Thread.ofVirtual().start(() -> {
            try {
                app.gate().crowd(40, "/app/mail");
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        var answer = app.gate().post("/app/mail", headers);
        others.join();
        return answer.body();
    }
}
