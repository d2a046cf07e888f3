package de.doppelboden.webapp.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.State;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.webapp.gate.AppSides.Health;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SecondAnswersTest extends AppTest {

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
    void aLateAnswerIsBetterThanNone() throws Exception {
        start(SHARED);
        sides.primary().is(Health.SLOW);
        sides.standby().is(Health.SLOW);

        assertThat(gate.crowd(20, "/app/mail"))
                .hasSize(20)
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(gate.state()).isEqualTo(State.NORMAL);
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
}
