package de.doppelboden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import de.doppelboden.configuration.Certificates;
import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.configuration.Secrets;
import de.doppelboden.configuration.TlsSettings;
import de.doppelboden.continuity.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole process with neither database nor control process: it goes on with what it has. */
class GatewayProcessTest {

    private static final String YAML = """
            doppelboden:
              data: %1$s/data
              database: { url: "jdbc:postgresql://127.0.0.1:1/none", user: nobody, password-file: %1$s/secret }
              console: { listen: "127.0.0.1:1" }
              management: { listen: "127.0.0.1:0" }
              services:
                - id: register
                  kind: register
                  listen: 127.0.0.1:0
                  primary: http://127.0.0.1:%2$d
                  mode: automatic
                  login: { path: /anmeldung, user-field: kennung, password-field: kennwort, session-cookie: REGSITZUNG }
                  feed: { url: "jdbc:postgresql://127.0.0.1:1/x", user: x, password-file: %1$s/secret }
                  replay: { url: "http://127.0.0.1:%2$d", token-file: %1$s/secret }
                  operations:
                    - { operation: register.search, path: /suche }
            """;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer primary;
    private Configuration configuration;

    @BeforeEach
    void aPrimary() throws IOException {
        primary = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        primary.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        primary.createContext("/", exchange -> {
            byte[] answer = ("primary " + exchange.getRequestURI()).getBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        primary.start();
        Secrets.write(folder.resolve("secret"), "geheim");
        Path file = folder.resolve("doppelboden.yaml");
        Files.writeString(file, YAML.formatted(folder, primary.getAddress().getPort()));
        configuration = loaded(file);
    }

    private static Configuration loaded(Path file) {
        return switch (Configuration.load(file, Map.of())) {
            case Configuration.Valid valid -> valid.configuration();
            case Configuration.Invalid invalid ->
                throw new IllegalStateException(invalid.problems().toString());
        };
    }

    @AfterEach
    void end() {
        primary.stop(0);
        http.close();
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(int port, String path, String body, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void passesThroughAndAnswersManagement() throws Exception {
        long begin = System.nanoTime();
        try (var process = GatewayProcess.start(configuration)) {
            int users = process.service("register").listener().port();
            int management = process.managementPort();
            assertThat(get(users, "/suche?nachname=A").body()).isEqualTo("primary /suche?nachname=A");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));

            assertThat(get(management, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(management, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(management, "/services/register/primary").statusCode())
                    .isEqualTo(200);
            assertThat(get(management, "/services/register/standby").statusCode())
                    .isEqualTo(503);
            assertThat(get(management, "/services/other").statusCode()).isEqualTo(404);
            assertThat(get(management, "/services").body())
                    .contains("\"id\":\"register\"", "\"state\":\"NORMAL\"", "\"serving\":\"PRIMARY\"");
            await().untilAsserted(() -> assertThat(get(management, "/services/register/traffic?hours=1")
                            .body())
                    .contains("\"inBudget\":"));
            assertThat(get(management, "/metrics").body())
                    .contains("doppelboden_service_state{service=\"register\",state=\"normal\"} 1")
                    .contains(
                            "doppelboden_requests_total{service=\"register\",side=\"primary\",outcome=\"in_budget\"} ");
        }
    }

    @Test
    void recordsWhatRequestsGotForWhoeverExplainsIt() throws Exception {
        try (var process = GatewayProcess.start(configuration)) {
            int management = process.managementPort();
            get(process.service("register").listener().port(), "/suche?nachname=A");

            await().untilAsserted(() -> assertThat(get(management, "/services/register/hour?operation=register.search")
                            .body())
                    .contains("\"side\":\"PRIMARY\"", "\"ours\":false,\"good\":1,\"late\":0,\"failed\":0"));
            assertThat(get(management, "/services/register/recording").body())
                    .contains("\"keys\":\"ORDERED\"", "\"span\":\"PT0.8S\"", "\"parts\":[0]");
            assertThat(get(management, "/services/register/recording?part=0").body())
                    .contains("\"cells\":\"");
        }
    }

    @Test
    void saysWhenTheCertificateOfTheListenerExpires() throws Exception {
        var tls = Certificates.make(folder, "counter", "localhost");
        Path file = folder.resolve("doppelboden.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "listen: 127.0.0.1:0\n",
                                "listen: 127.0.0.1:0\n      tls: { certificate-file: %s, key-file: %s }\n"
                                        .formatted(tls.certificate(), tls.key())));
        var expires = TlsSettings.certificates(tls.certificate())
                .getFirst()
                .getNotAfter()
                .toInstant();

        try (var process = GatewayProcess.start(loaded(file))) {
            assertThat(get(process.managementPort(), "/metrics").body())
                    .contains("doppelboden_certificate_expiry_timestamp_seconds{service=\"register\"} "
                            + expires.getEpochSecond());
            assertThat(get(process.managementPort(), "/services").body())
                    .contains("\"certificateExpires\":\"" + expires + "\"");
        }
    }

    @Test
    void endsWithinSecondsWhileTheDatabaseIsAway() throws Exception {
        var process = GatewayProcess.start(configuration);
        get(process.service("register").listener().port(), "/suche?nachname=A");

        assertThat(CompletableFuture.runAsync(process::close)).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void takesOrdersFromWhoHasTheTokenAndARegardForReasons() throws Exception {
        try (var process = GatewayProcess.start(configuration)) {
            int management = process.managementPort();
            String token = DataFolder.readSecret(configuration.keys().resolve("operator.token"));

            var guessed = post(management, "/services/register/pause", "{\"reason\":\"x\"}", "guessed");
            var silent = post(management, "/services/register/pause", "{}", token);
            var unknown = post(management, "/services/register/explode", "{\"reason\":\"x\"}", token);
            var noMode = post(management, "/services/register/mode", "{\"reason\":\"x\",\"mode\":\"fast\"}", token);
            var paused = post(management, "/services/register/pause", "{\"reason\":\"a test\"}", token);
            var failover = post(management, "/services/register/failover", "{\"reason\":\"a test\"}", token);

            assertThat(guessed.statusCode()).isEqualTo(401);
            assertThat(silent.statusCode()).isEqualTo(422);
            assertThat(silent.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(noMode.statusCode()).isEqualTo(422);
            assertThat(paused.body()).contains("\"action\":\"MODE\"");
            assertThat(failover.body()).as("there is no copy yet").contains("\"action\":\"REFUSE\"");
        }
    }

    @Test
    void keepsModeAndStateOverARestart() throws Exception {
        String token;
        try (var process = GatewayProcess.start(configuration)) {
            token = DataFolder.readSecret(configuration.keys().resolve("operator.token"));
            post(process.managementPort(), "/services/register/pause", "{\"reason\":\"a test\"}", token);
        }

        try (var process = GatewayProcess.start(configuration)) {
            assertThat(process.service("register").cycle().state()).isEqualTo(State.NORMAL);
            assertThat(get(process.managementPort(), "/services/register").body())
                    .contains("\"mode\":\"PAUSED\"");
        }
    }
}
