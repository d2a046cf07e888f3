package de.doppelboden.webapp.gate;

import static de.doppelboden.webapp.gate.RunningApp.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.configuration.Certificates;
import de.doppelboden.continuity.State;
import de.doppelboden.database.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProtocolsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = RunningApp.database();

    @RegisterExtension
    final RunningApp app = new RunningApp(DATABASE);

    private final HttpClient http = HttpClient.newHttpClient();

    /** To close it would be to wait for what is open. */
    @AfterEach
    void end() {
        http.shutdownNow();
    }

    private static final String ENDED = "ended";

    @Test
    void usersOfHttp2AreMovedLikeAllOthers() throws Exception {
        var files = Certificates.make(app.folder, "portal", "localhost");
        app.start(
                "state: shared",
                "equivalent: true",
                "tls: { certificate-file: %s, key-file: %s }".formatted(files.certificate(), files.key()));

        var well = app.gate().get("/app/mail");
        app.sides.primary().kill();
        var moved = app.gate().crowd(50, "/app/mail");

        assertThat(well.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(well.body()).startsWith("PRIMARY");
        assertThat(moved).hasSize(50).allSatisfy(answer -> {
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).startsWith("STANDBY");
        });
        await().until(() -> app.gate().state() == State.ON_STANDBY);
        assertThat(app.gate().post("/app/mail").body()).isEqualTo("STANDBY POST /app/mail eins=1");
    }

    @Test
    void aWebSocketGoesThroughAndEndsWhenItsUserIsMoved() throws Exception {
        try (var primary = new WebSocketSide("PRIMARY");
                var standby = new WebSocketSide("STANDBY")) {
            app.before(primary.port(), standby.port(), SHARED);
            var heard = new Heard();
            var socket = open(heard);

            socket.sendText("guten Tag", true);
            assertThat(heard.next()).isEqualTo("PRIMARY: guten Tag");

            primary.failing = true;
            app.gate().crowd(40, "/app/mail");
            await().until(() -> app.gate().state() == State.ON_STANDBY);
            assertThat(heard.next()).isEqualTo(ENDED);

            open(heard).sendText("wieder da", true);
            assertThat(heard.next()).isEqualTo("STANDBY: wieder da");
        }
    }

    private WebSocket open(Heard heard) throws Exception {
        var address =
                URI.create("ws://127.0.0.1:" + app.gate().portal.listener().port() + "/ws");
        return http.newWebSocketBuilder().buildAsync(address, heard).get(20, TimeUnit.SECONDS);
    }

    /** What the other end says, and that it says no more. */
    private static final class Heard implements WebSocket.Listener {

        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            said.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            said.add(ENDED);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            said.add(ENDED);
        }

        private @Nullable String next() throws InterruptedException {
            return said.poll(20, TimeUnit.SECONDS);
        }
    }
}
