package de.doppelboden.city.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.doppelboden.city.fault.Capacity;
import de.doppelboden.city.fault.Fault;
import de.doppelboden.city.register.Registers.Answer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RegisterFaultsTest {

    private static Registers city;
    private static String session;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeAll
    static void start() throws Exception {
        city = new Registers(200, new Capacity(40, 0.05, 20, 10));
        session = city.logIn("100");
    }

    @AfterEach
    void repair() {
        city.server.storage().set(Fault.OK);
        threads.close();
    }

    @AfterAll
    static void stop() {
        city.close();
    }

    @Test
    void limpingAnswersOneRequestQuicklyAndLetsManyWaitWhileHealthIsGreen() throws Exception {
        fault("limp");

        long alone = millis(() -> city.get(session, "/suche"));
        List<Future<Long>> together = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            together.add(threads.submit(() -> millis(() -> city.get(session, "/suche"))));
        }
        long slowest = 0;
        for (Future<Long> waited : together) {
            slowest = Math.max(slowest, waited.get());
        }

        assertThat(alone).isLessThan(400);
        assertThat(slowest).isGreaterThan(1_500);
        assertThat(city.get("", "/health").status()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsBeyondTheQueue() throws Exception {
        fault("hang");
        List<Future<Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(threads.submit(() -> city.get(session, "/suche")));
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> city.server.storage().waiting() == 20);

        assertThat(city.get(session, "/suche").status()).isEqualTo(503);

        city.server.storage().set(Fault.OK);
        for (Future<Answer> answer : waiting) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
    }

    @Test
    void failsOrLiesAtOnce() throws Exception {
        fault("fail");
        assertThat(city.get(session, "/suche").status()).isEqualTo(500);
        assertThat(city.api("GET", "/api/v1/auftraege/x", "", "").status()).isEqualTo(500);

        fault("lie");
        Answer lie = city.get(session, "/suche");
        assertThat(lie.status()).isEqualTo(200);
        assertThat(lie.body()).contains("Es ist ein Fehler aufgetreten").doesNotContain("content=\"suche\"");
    }

    @Test
    void refusesConnectionsWhileDeadAndComesBackColdAndGetsWarm() throws Exception {
        fault("dead");
        assertThatThrownBy(() -> city.get(session, "/suche")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(this::feed).isInstanceOf(SQLException.class);

        fault("cold");
        long first = millis(() -> city.get(session, "/suche"));
        for (int i = 0; i < 12; i++) {
            city.get(session, "/suche");
        }

        assertThat(first).isGreaterThan(1_000);
        assertThat(city.server.storage().fault()).isEqualTo(Fault.OK);
        assertThat(millis(() -> city.get(session, "/suche"))).isLessThan(500);
        feed();
    }

    @Test
    void takesAFormThatWaitedThroughTheFault() throws Exception {
        String om = city.sql("select min(om) from register.resident where not auskunftssperre and verstorben is null");
        Answer form = city.get(session, "/person/" + om + "/sperre");
        fault("hang");
        Future<Answer> sent = threads.submit(() -> city.post(
                session,
                "/person/" + om + "/sperre",
                java.util.Map.of("vorgang", form.field("vorgang"), "stand", form.field("stand"), "grund", "Gefahr")));
        await().atMost(Duration.ofSeconds(10)).until(() -> city.server.storage().waiting() == 1);

        fault("ok");

        assertThat(sent.get().status()).isEqualTo(303);
        assertThat(city.sql("select auskunftssperre from register.resident where om = " + om))
                .isEqualTo("t");
    }

    private void feed() throws SQLException {
        String url = city.access.url().replaceAll(":\\d+/", ":" + city.server.relayPort() + "/");
        DriverManager.getConnection(url + "?connectTimeout=5", "doppelboden_feed", "feed")
                .close();
    }

    private static void fault(String kind) {
        Answer answer =
                city.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + city.server.faultsPort() + "/fault"))
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("kind=" + kind)));
        assertThat(answer.body()).contains("\"fault\":\"" + kind + "\"");
    }

    private static long millis(Runnable work) {
        long before = System.nanoTime();
        work.run();
        return (System.nanoTime() - before) / 1_000_000;
    }
}
