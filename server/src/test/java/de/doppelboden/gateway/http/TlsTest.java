package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import de.doppelboden.configuration.Certificates;
import de.doppelboden.configuration.TlsSettings;
import de.doppelboden.gateway.ListenerTls;
import de.doppelboden.gateway.wire.Deadlines;
import de.doppelboden.gateway.wire.UserTls;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsTest {

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final Deadlines deadlines = new Deadlines(System::nanoTime);
    private final Handler counting = new Counting();
    private TlsSettings files;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        files = Certificates.make(folder, "gateway", "localhost");
        server = listen(counting);
    }

    @AfterEach
    void end() {
        server.close();
        deadlines.close();
    }

    static Stream<Arguments> enginesAndVersions() {
        return Stream.of(SslProvider.OPENSSL_REFCNT, SslProvider.JDK)
                .filter(engine -> engine == SslProvider.JDK || OpenSsl.isAvailable())
                .flatMap(engine -> Stream.of("TLSv1.3", "TLSv1.2").map(version -> Arguments.of(engine, version)));
    }

    @ParameterizedTest
    @MethodSource("enginesAndVersions")
    void servesWithEachEngineByBothVersions(SslProvider engine, String version) throws Exception {
        server.close();
        var held = files.load();
        try (var tls = UserTls.of(engine, held.key(), held.chain())) {
            server = listen(Optional.of(() -> tls), counting);
            servesBy(version);
        }
    }

    private void servesBy(String version) throws Exception {
        var answer = ask(trusting(files), version, 200_000);

        assertThat(answer.body()).isEqualTo("true 200000");
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
        assertThat(answer.sslSession().orElseThrow().getCipherSuite()).containsAnyOf("GCM", "CHACHA20");
    }

    /** RFC 8446 section 6.1: who has ended her direction still gets the other; OpenSSL's engine knows no half. */
    @Test
    void aTunnelThatIsHalfClosedGoesOnInTheOtherDirection() throws Exception {
        server.close();
        var held = files.load();
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(
                            socket,
                            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
                    byte[] all = socket.getInputStream().readAllBytes();
                    RawSide.write(socket, "after the end of " + new String(all, StandardCharsets.ISO_8859_1));
                });
                var pool = new SidePool(side.address(), Proxied.LIMITS, deadlines);
                var tls = UserTls.of(SslProvider.JDK, held.key(), held.chain())) {
            server = listen(Optional.of(() -> tls), passing(pool));
            var socket =
                    trusting(files).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
            try (var client = new RawClient(socket)) {
                client.send("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
                client.readUntil("\r\n\r\n");
                client.send("this");
                client.socket().shutdownOutput();

                assertThat(client.readToEnd()).isEqualTo("after the end of this");
            }
        }
    }

    private static Handler passing(SidePool pool) {
        return new PassThrough(pool, (status, detail, head) -> Reply.of(status, "text/plain", status + ": " + detail));
    }

    @Test
    void somebodyWithoutTlsGetsNothingAndCostsNobodyAnything() throws Exception {
        try (var plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes());

            assertThat(new String(plain.getInputStream().readAllBytes())).doesNotContain("HTTP/1.1");
        }
        assertThat(ask(trusting(files), "TLSv1.3", 0).statusCode()).isEqualTo(200);
    }

    @Test
    void usesANewCertificateWithoutARestartAndKeepsTheLastWhenItIsNoGood() throws Exception {
        assertThat(subject(ask(trusting(files), "TLSv1.3", 0))).isEqualTo("CN=gateway");

        var before = trusting(files);
        var renewed = Certificates.make(folder, "renewed", "localhost");
        Files.copy(renewed.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(subject(ask(before, "TLSv1.3", 0)))
                .as("its key is not there yet")
                .isEqualTo("CN=gateway");

        Files.copy(renewed.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(subject(ask(trusting(renewed), "TLSv1.3", 0))).isEqualTo("CN=renewed");
    }

    @Test
    void reachesAPrimaryWithHttpsWhoseCertificateIsKnownAndForItsName() throws Exception {
        var right = Certificates.make(folder, "primary", "localhost");
        var wrongName = Certificates.make(folder, "elsewhere", "elsewhere.example");

        assertThat(through(right, right)).startsWith("200 secret of the primary");
        assertThat(through(right, files)).as("nobody vouches for it").startsWith("503");
        assertThat(through(wrongName, wrongName)).as("it is somebody else's").startsWith("503");
    }

    /** What a user gets by a gateway in front of a primary with one certificate that believes another one. */
    private String through(TlsSettings shown, TlsSettings believed) throws Exception {
        HttpsServer side = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        side.setHttpsConfigurator(new HttpsConfigurator(Certificates.context(shown)));
        side.createContext("/", exchange -> {
            byte[] body = "secret of the primary".getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        side.start();
        var address = URI.create("https://localhost:" + side.getAddress().getPort());
        var pool = new SidePool(address, Optional.of(trusting(believed)), HttpLimits.defaults(), deadlines);
        try (var gateway = listen(passing(pool))) {
            var first = ask(gateway.port(), trusting(files), "TLSv1.3", 0);
            var second = ask(gateway.port(), trusting(files), "TLSv1.3", 0);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(pool.certificateExpires())
                    .isEqualTo(first.statusCode() == 200 ? Optional.of(expiry(shown)) : Optional.empty());
            return first.statusCode() + " " + first.body();
        } finally {
            pool.close();
            side.stop(0);
        }
    }

    private static Instant expiry(TlsSettings who) throws Exception {
        try (var in = Files.newInputStream(who.certificate())) {
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return certificate.getNotAfter().toInstant();
        }
    }

    private HttpServer listen(Handler handler) throws IOException {
        return listen(ListenerTls.of(Optional.of(files), nanos::get), handler);
    }

    private HttpServer listen(Optional<? extends Supplier<UserTls>> tls, Handler handler) throws IOException {
        var door = new Door(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, Door.DIRECT);
        return HttpServer.start(door, handler, HttpLimits.defaults(), new HttpServer.Most(100, 100), deadlines);
    }

    private static SSLContext trusting(TlsSettings who) throws IOException {
        return ListenerTls.trusting(Optional.of(who.certificate()));
    }

    private HttpResponse<String> ask(SSLContext trust, String version, int bytes) throws Exception {
        return ask(server.port(), trust, version, bytes);
    }

    private static HttpResponse<String> ask(int port, SSLContext trust, String version, int bytes) throws Exception {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trust)
                .sslParameters(parameters)
                .build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
                            .timeout(Duration.ofSeconds(10))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Says whether it was asked by TLS, and how long the body was. */
    private static final class Counting implements Handler {

        @Override
        public void handle(Exchange exchange) throws IOException {
            long length = WholeBody.length(exchange);
            exchange.reply(Reply.of(200, "text/plain", exchange.secure() + " " + length));
        }

        @Override
        public Reply refusal(int status, String detail, @Nullable RequestHead request) {
            return Reply.of(status, "text/plain", detail);
        }
    }

    private static String subject(HttpResponse<String> answer) throws Exception {
        var shown = (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }
}
