package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.identity.IdentitySignature;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlProcessTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes();

    @TempDir
    static Path data;

    static ControlProcess control;
    static final HttpClient BROWSER = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(data.resolve("keys"));
        Files.write(data.resolve("keys/identity.key"), KEY);
        control = ControlProcess.start(new ControlSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                data,
                Database.open(
                        new Access("jdbc:postgresql://127.0.0.1:9/nowhere", "x", "x"),
                        "away",
                        2,
                        Duration.ofSeconds(1)),
                URI.create("http://127.0.0.1:9"),
                false,
                Duration.ofHours(12),
                java.util.List.of(new ControlSettings.KnownService(
                        "register",
                        "Melderegister",
                        "127.0.0.1:8081",
                        "http://127.0.0.1:18081",
                        Duration.ofDays(90)))));
    }

    @AfterAll
    static void stop() {
        control.close();
    }

    @Test
    void showsAnErrorPageWithAPolicyThatForbidsInlineScript() throws Exception {
        var answer = get("/assets/0/gibt-es-nicht");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Diese Seite gibt es nicht", "lang=\"de\"");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
    }

    @Test
    void refusesPagesOfTheStandbyWithoutTheGatewaysSignature() throws Exception {
        assertThat(get("/notbetrieb/").statusCode()).isEqualTo(403);
        assertThat(get("/notbetrieb/", GatewayIdentity.HEADER, "e30.AAAA").statusCode())
                .isEqualTo(403);
        assertThat(get("/notbetrieb/", GatewayIdentity.HEADER, signed(Duration.ofSeconds(61)))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void showsWhoIsLoggedInWhenTheGatewaySaysSo() throws Exception {
        var answer = get("/notbetrieb/gibt-es-nicht", GatewayIdentity.HEADER, signed(Duration.ZERO));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Erika Beispiel", "Bürgeramt Mitte", "Stand 11:02:41");
    }

    @Test
    void keepsStyleSheetsForAYearAndFontsAreNotZipped() throws Exception {
        var css = get(Assets.address("kern.css"), "Accept-Encoding", "gzip");
        var font = get("/notbetrieb/assets/f/NotoSans-Regular.woff2", "Accept-Encoding", "gzip");

        assertThat(css.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(css.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(font.statusCode()).isEqualTo(200);
        assertThat(font.headers().firstValue("Content-Encoding")).isEmpty();
    }

    private static String signed(Duration age) {
        return new IdentitySignature(KEY, InstantSource.system())
                .sign(new GatewayIdentity(
                        "register",
                        7,
                        "ON_STANDBY",
                        "e.beispiel",
                        "Erika Beispiel",
                        "Bürgeramt Mitte",
                        List.of("clerk"),
                        List.of(),
                        "session-1",
                        "s1",
                        Instant.now().minus(age),
                        "Stand 11:02:41"));
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        var address = control.address();
        var request = HttpRequest.newBuilder(
                URI.create("http://" + address.getHostString() + ":" + address.getPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return BROWSER.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
