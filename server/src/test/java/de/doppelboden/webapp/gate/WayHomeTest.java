package de.doppelboden.webapp.gate;

import static de.doppelboden.webapp.gate.RunningApp.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.webapp.gate.AppSides.Health;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WayHomeTest {

    @RegisterExtension
    static final TestDatabase DATABASE = RunningApp.database();

    @RegisterExtension
    final RunningApp app = new RunningApp(DATABASE);

    @Test
    void onlyTheIllClassMovesAndComesBack() throws Exception {
        app.start(SHARED);
        app.gate().get("/app/list");
        app.sides.primary().is(Health.FAILING, line -> line.startsWith("GET /app/list"));

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            app.gate().crowd(10, "/app/list");
            app.gate().crowd(10, "/app/mail");
            return app.gate().decisions.stream().anyMatch(text -> text.contains("NORMAL MOVE_CLASS only /app/list"));
        });

        assertThat(app.gate().get("/app/list").body()).startsWith("STANDBY");
        assertThat(app.gate().get("/app/mail").body()).startsWith("PRIMARY");
        app.sides.primary().is(Health.WELL);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            app.gate().crowd(4, "/app/list");
            return app.gate().get("/app/list").body().startsWith("PRIMARY");
        });
    }

    @Test
    void whoWaitsForTheIllClassMovesWithIt() throws Exception {
        app.start("state: shared");
        app.gate().get("/app/list");
        app.sides.primary().is(Health.HANGING, line -> line.startsWith("GET /app/list"));
        var done = new CountDownLatch(1);
        var others = Thread.ofVirtual().start(() -> {
            try {
                while (!done.await(20, TimeUnit.MILLISECONDS)) {
                    app.gate().crowd(5, "/app/mail");
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });

        var answers = app.gate().crowd(20, "/app/list");
        done.countDown();
        others.join();

        assertThat(answers)
                .hasSize(20)
                .allSatisfy(answer -> assertThat(answer.body()).startsWith("STANDBY"));
        assertThat(app.gate().decisions).anyMatch(text -> text.contains("NORMAL MOVE_CLASS only /app/list"));
    }

    @Test
    void noClassMovesAloneWhereTheSidesDoNotKnowEachOthersSessions() throws Exception {
        app.start("state: shared", "equivalent: true", "session-cookie: SITZUNG", "shared-sessions: false");
        app.gate().get("/app/list");
        app.sides.primary().is(Health.FAILING, line -> line.startsWith("GET /app/list"));

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            app.gate().crowd(20, "/app/list");
            app.gate().crowd(5, "/app/mail");
            return app.gate().state() == State.ON_STANDBY;
        });

        assertThat(app.gate().decisions).noneMatch(text -> text.contains("MOVE_CLASS"));
        assertThat(app.gate().get("/app/mail").body()).startsWith("STANDBY");
    }

    @Test
    void usersGoBackWhenThePrimaryHasProvenItself() throws Exception {
        app.start(SHARED);
        app.onStandby();

        app.sides.primary().revive();

        awaitHome();
        assertThat(app.gate().get("/app/mail").body()).startsWith("PRIMARY");
        assertThat(app.gate().post("/app/mail").body()).startsWith("PRIMARY");
    }

    @Test
    void aPrimaryThatRefusesWhatTheStandbyAnswersDoesNotServeAgain() throws Exception {
        app.start(SHARED);
        app.onStandby();

        app.sides.primary().revive();
        app.sides.primary().is(AppSides.Health.EMPTY, line -> line.contains("/app/mail"));

        awaitRefusal("GET /app/mail");
        app.sides.primary().is(AppSides.Health.WELL);
        awaitHome();
    }

    @Test
    void whereTheClassSaysSoAPrimaryWithOtherContentDoesNotServeAgain() throws Exception {
        app.start(
                "state: shared",
                "equivalent: true",
                "classes:",
                "  - { name: Post, path: /app/mail, compare: content }");
        app.onStandby();

        app.sides.primary().revive(); // each side says its own name in its answers

        awaitRefusal("Post");
        app.sides.primary().says(Side.STANDBY);
        awaitHome();
    }

    @Test
    void aPrimaryWhosePagesArePackedOtherwiseServesAgain() throws Exception {
        app.start(
                "state: shared",
                "equivalent: true",
                "classes:",
                "  - { name: Post, path: /app/mail, compare: content }");
        app.onStandby();
        app.sides.primary().says(Side.STANDBY);
        app.sides.primary().packs = true;

        app.sides.primary().revive();

        awaitHome("Accept-Encoding", "gzip");
    }

    private void awaitRefusal(String operation) {
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            app.gate().crowd(4, "/app/mail");
            assertThat(app.gate().state()).isNotEqualTo(State.NORMAL);
            return app.gate().decisions.stream()
                    .anyMatch(text -> text.contains("ABORT the return was refused")
                            && text.contains("it answered otherwise than the standby: " + operation + " in "));
        });
    }

    private void awaitHome(String... headers) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            for (int i = 0; i < 4; i++) {
                app.gate().get("/app/mail", headers);
            }
            return app.gate().state() == State.NORMAL;
        });
    }
}
