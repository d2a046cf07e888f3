package de.doppelboden.webapp.gate;

import static de.doppelboden.webapp.gate.RunningApp.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.State;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.webapp.gate.AppSides.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that last because of their users, or for ever. */
class LastingTest {

    private static final String HEAD = " HTTP/1.1\r\nHost: a\r\n";

    @RegisterExtension
    static final TestDatabase DATABASE = RunningApp.database();

    @RegisterExtension
    final RunningApp app = new RunningApp(DATABASE);

    private final List<Socket> users = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        app.start(SHARED);
    }

    @AfterEach
    void end() throws IOException {
        for (var user : users) {
            user.close();
        }
    }

    private Socket send(String request) throws IOException {
        var user = new Socket();
        user.setReceiveBufferSize(4096);
        user.setSoTimeout(20_000);
        user.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), app.gate().portal.listener().port()));
        user.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        users.add(user);
        return user;
    }

    /** Others are answered meanwhile; what lasts has lasted for three times the budget. */
    private void others() {
        await().pollInterval(Duration.ofMillis(25))
                .during(Duration.ofMillis(1_500))
                .atMost(Duration.ofSeconds(10))
                .until(() -> app.gate().get("/app/mail").statusCode() == 200);
    }

    private static String readUntil(Socket user, String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            read.append((char) user.getInputStream().read());
        }
        return read.toString();
    }

    private void assertNothingIsSaidOfThePrimary() {
        var evidence = app.gate().portal.cycle().evidence();
        assertThat(app.gate().state()).isEqualTo(State.NORMAL);
        assertThat(evidence.primary()).isEqualTo(Verdict.HEALTHY);
        assertThat(app.sides.standby().asked).as("hedges of what lasts").hasSizeLessThan(5);
    }

    @Test
    void whoReadsSlowlySaysNothingOfASide() throws Exception {
        for (int i = 0; i < 10; i++) {
            send("GET /app/gross" + HEAD + "\r\n");
        }

        others();

        assertNothingIsSaidOfThePrimary();
    }

    @Test
    void whoSendsSlowlySaysNothingOfASide() throws Exception {
        for (int i = 0; i < 10; i++) {
            send("POST /app/gross" + HEAD + "Content-Length: 100000\r\n\r\n");
        }

        others();

        assertNothingIsSaidOfThePrimary();
    }

    @Test
    void eventsMayBeWaitedForAndAreWaitedForAtOneSideOnly() throws Exception {
        for (int i = 0; i < 10; i++) {
            send("GET /app/ereignisse" + HEAD + "\r\n");
        }

        others();

        assertNothingIsSaidOfThePrimary();
    }

    @Test
    void whoWaitsForEventsIsMovedWithTheOthers() throws Exception {
        var waiting = send("GET /app/ereignisse" + HEAD + "\r\n");

        app.sides.primary().is(Health.HANGING, line -> !line.contains("ereignisse"));
        app.gate().crowd(100, "/app/mail");

        await().until(() -> app.gate().state() == State.ON_STANDBY);
        String stream = new String(waiting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(stream).contains("data: PRIMARY").doesNotEndWith("0\r\n\r\n");
        var anew = send("GET /app/ereignisse" + HEAD + "\r\n");
        assertThat(readUntil(anew, "\n\n")).contains("data: STANDBY");
    }
}
