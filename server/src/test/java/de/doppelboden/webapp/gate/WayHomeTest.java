package de.doppelboden.webapp.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.webapp.gate.AppSides.Health;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WayHomeTest extends AppTest {

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
}
