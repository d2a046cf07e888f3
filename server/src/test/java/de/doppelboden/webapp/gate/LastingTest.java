package de.doppelboden.webapp.gate;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests that last because of their users, or for ever. */
class LastingTest {

    private static final String HEAD = " HTTP/1.1\r\nHost: a\r\n";

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle");

    @TempDir
    Path data;

    private final List<Socket> users = new ArrayList<>();
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
        gate = new AppFixture(sides, DATABASE.database(), data, "state: shared", "equivalent: true");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> gate.portal.cycle().evidence().doubts().isEmpty());
        for (int i = 0; i < 20; i++) {
            gate.get("/app/mail");
        }
    }

    @AfterEach
    void end() throws IOException {
        for (var user : users) {
            user.close();
        }
        gate.close();
        sides.close();
    }

    private Socket send(String request) throws IOException {
        var user = new Socket();
        user.setReceiveBufferSize(4096);
        user.setSoTimeout(20_000);
        user.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), gate.portal.listener().port()));
        user.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        users.add(user);
        return user;
    }

    /** Others are answered meanwhile; what lasts has lasted for three times the budget. */
    private void others() {
        await().pollInterval(Duration.ofMillis(25))
                .during(Duration.ofMillis(1_500))
                .atMost(Duration.ofSeconds(10))
                .until(() -> gate.get("/app/mail").statusCode() == 200);
    }

    private static String readUntil(Socket user, String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            read.append((char) user.getInputStream().read());
        }
        return read.toString();
    }

    private void assertNothingIsSaidOfThePrimary() {
        var evidence = gate.portal.cycle().evidence();
        assertThat(gate.state()).isEqualTo(State.NORMAL);
        assertThat(evidence.primary()).isEqualTo(Verdict.HEALTHY);
        assertThat(sides.standby().asked).as("hedges of what lasts").hasSizeLessThan(5);
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

        sides.primary().is(Health.HANGING, line -> !line.contains("ereignisse"));
        gate.crowd(100, "/app/mail");

        await().until(() -> gate.state() == State.ON_STANDBY);
        String stream = new String(waiting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(stream).contains("data: PRIMARY").doesNotEndWith("0\r\n\r\n");
        var anew = send("GET /app/ereignisse" + HEAD + "\r\n");
        assertThat(readUntil(anew, "\n\n")).contains("data: STANDBY");
    }
}
