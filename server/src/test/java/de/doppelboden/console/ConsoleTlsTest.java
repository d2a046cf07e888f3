package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.configuration.Address;
import de.doppelboden.configuration.Certificates;
import de.doppelboden.configuration.ConsoleSettings;
import de.doppelboden.configuration.TlsSettings;
import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import de.doppelboden.database.EmbeddedPostgresFixture;
import de.doppelboden.gateway.ListenerTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's second listener. */
class ConsoleTlsTest {

    @TempDir
    Path folder;

    @Test
    void servesByTlsBesideLoopbackAndTakesANewCertificateWithoutARestart() throws Exception {
        TlsSettings files = Certificates.make(folder, "console", "localhost");
        int port = EmbeddedPostgresFixture.freePort();
        Files.createDirectories(folder.resolve("keys"));
        var tls = new ConsoleSettings.Tls(new Address("127.0.0.1", port), files);
        try (Database away = Database.open(
                        new Access("jdbc:postgresql://127.0.0.1:9/nowhere", "x", "x"),
                        "away",
                        2,
                        Duration.ofSeconds(1));
                ControlProcess control = ControlProcess.start(new ControlSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        folder,
                        away,
                        URI.create("http://127.0.0.1:9"),
                        true,
                        Duration.ofHours(12),
                        List.of(),
                        Optional.of(tls)))) {
            URI secure = URI.create("https://localhost:" + port + "/anmeldung");
            URI local = URI.create("http://127.0.0.1:" + control.address().getPort() + "/anmeldung");

            var answer = ask(secure, files.certificate());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
            assertThat(ask(local, files.certificate()).headers().firstValue("Strict-Transport-Security"))
                    .isEmpty();

            TlsSettings renewed = Certificates.make(folder, "renewed", "localhost");
            Files.copy(renewed.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(renewed.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(subject(ask(secure, renewed.certificate())))
                            .isEqualTo("CN=renewed"));
        }
    }

    private static String subject(HttpResponse<String> answer) throws Exception {
        var shown = (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    private static HttpResponse<String> ask(URI page, Path trusted) throws Exception {
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(ListenerTls.trusting(Optional.of(trusted)))
                .build()) {
            return http.send(
                    HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
