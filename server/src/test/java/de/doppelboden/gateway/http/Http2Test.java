package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import de.doppelboden.configuration.Certificates;
import de.doppelboden.configuration.TlsSettings;
import de.doppelboden.gateway.ListenerTls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user by HTTP/2, a side by HTTP/1.1. */
class Http2Test {

    @TempDir
    static Path folder;

    private static TlsSettings files;

    private final CountDownLatch released = new CountDownLatch(1);
    private com.sun.net.httpserver.HttpServer side;
    private Proxied proxied;
    private HttpClient user;

    @BeforeAll
    static void certify() throws Exception {
        files = Certificates.make(folder, "gateway", "localhost");
    }

    @BeforeEach
    void start() throws Exception {
        side = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        side.createContext("/", this::answer);
        side.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        side.start();
        proxied = new Proxied(
                URI.create("http://127.0.0.1:" + side.getAddress().getPort()),
                HttpLimits.defaults().withBodyBytes(40_000_000),
                100,
                Optional.of(files),
                Optional.empty());
        user = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(ListenerTls.trusting(Optional.of(files.certificate())))
                .build();
    }

    @AfterEach
    void end() {
        released.countDown();
        user.close();
        proxied.close();
        side.stop(0);
    }

    private void answer(HttpExchange asked) throws IOException {
        String path = asked.getRequestURI().getPath();
        try (asked) {
            switch (path) {
                case "/large" -> {
                    asked.sendResponseHeaders(200, 0); // in chunks
                    for (int i = 0; i < 2_000; i++) {
                        asked.getResponseBody().write(new byte[10_000]);
                    }
                }
                case "/slow" -> {
                    released.await(20, TimeUnit.SECONDS);
                    say(asked, 200, "slow");
                }
                case "/via" -> say(asked, 200, asked.getRequestHeaders().getFirst("Via"));
                case "/cut" -> {
                    asked.sendResponseHeaders(200, 1_000);
                    asked.getResponseBody().write(new byte[10]);
                    asked.getResponseBody().flush();
                    throw new IOException("cut");
                }
                case "/early" -> say(asked, 403, "not read");
                default -> {
                    long length = asked.getRequestBody().transferTo(OutputStream.nullOutputStream());
                    say(
                            asked,
                            200,
                            asked.getRequestMethod() + " " + asked.getRequestURI() + " " + length + " "
                                    + asked.getRequestHeaders().get("Cookie") + " "
                                    + asked.getRequestHeaders().getFirst("X-forwarded-proto") + " "
                                    + asked.getRequestHeaders().getFirst("Host"));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(HttpExchange asked, int status, String what) throws IOException {
        byte[] bytes = what.getBytes(StandardCharsets.UTF_8);
        if (asked.getRequestMethod().equals("HEAD")) {
            asked.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            asked.sendResponseHeaders(status, -1);
            return;
        }
        asked.sendResponseHeaders(status, bytes.length);
        asked.getResponseBody().write(bytes);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + proxied.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private String ask(HttpRequest request) throws Exception {
        var answer = user.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void passesARequestOnAsTheSideKnowsIt() throws Exception {
        assertThat(ask(to("/a?b=c").header("Cookie", "one=1; two=2").build()))
                .isEqualTo("200 GET /a?b=c 0 [one=1; two=2] https localhost:" + proxied.port());
        assertThat(ask(to("/form")
                        .POST(HttpRequest.BodyPublishers.ofString("x=1"))
                        .build()))
                .startsWith("200 POST /form 3 ");
        assertThat(ask(to("/waits")
                        .expectContinue(true)
                        .PUT(HttpRequest.BodyPublishers.ofString("asked for"))
                        .build()))
                .startsWith("200 PUT /waits 9 ");
        assertThat(user.send(to("/a").HEAD().build(), HttpResponse.BodyHandlers.ofString())
                        .headers()
                        .firstValue("content-length"))
                .isPresent();
    }

    @Test
    void saysByWhichVersionItWasAsked() throws Exception {
        assertThat(ask(to("/via").build())).isEqualTo("200 2.0 doppelboden");
        assertThat(user.send(to("/via").build(), HttpResponse.BodyHandlers.ofString())
                        .headers()
                        .firstValue("via"))
                .as("the side's answer came by HTTP/1.1")
                .contains("1.1 doppelboden");
    }

    /** As a program may send them: head, body and end in one piece, and nothing said of the length. */
    @Test
    void aBodyThatComesWithItsHeadIsNotLost() throws Exception {
        var sockets = ListenerTls.trusting(Optional.of(files.certificate())).getSocketFactory();
        try (var socket = (SSLSocket) sockets.createSocket("localhost", proxied.port());
                var client = new RawClient(socket)) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            var all = new ByteArrayOutputStream();
            all.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            RawHttp2Side.frame(all, RawHttp2Side.SETTINGS, 0, 0);
            // POST, https, / and the authority a (RFC 7541 appendix A)
            RawHttp2Side.frame(all, RawHttp2Side.HEADERS, 4, 1, 0x83, 0x87, 0x84, 0x41, 1, 'a');
            RawHttp2Side.frame(all, RawHttp2Side.DATA, 1, 1, 'x', 'y', 'z');

            client.send(all.toByteArray());

            client.readUntil("POST / 3 ");
        }
    }

    @Test
    void streamsLargeBodiesBothWays() throws Exception {
        var known = HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000]);
        var unknown = HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3_000_000]));

        assertThat(ask(to("/up").PUT(known).build())).startsWith("200 PUT /up 3000000 ");
        assertThat(ask(to("/up").PUT(unknown).build())).startsWith("200 PUT /up 3000000 ");
        var large = user.send(to("/large").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(large.body()).hasSize(20_000_000);
    }

    @Test
    void answersManyAtOnceOnOneConnection() throws Exception {
        ask(to("/first").build());
        var slow = user.sendAsync(to("/slow").build(), HttpResponse.BodyHandlers.ofString());
        var others = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 60; i++) {
            others.add(user.sendAsync(to("/n" + i).build(), HttpResponse.BodyHandlers.ofString()));
        }

        for (int i = 0; i < others.size(); i++) {
            assertThat(others.get(i).get(20, TimeUnit.SECONDS).body()).startsWith("GET /n" + i + " ");
        }
        assertThat(slow.isDone()).isFalse();
        assertThat(proxied.server().connections()).isEqualTo(1);
        released.countDown();
        assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("slow");
    }

    @Test
    void aCutAnswerIsSeenToBeCutAndTheConnectionGoesOn() throws Exception {
        ask(to("/first").build());

        assertThatThrownBy(() -> user.send(to("/cut").build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(ask(to("/next").build())).startsWith("200 GET /next");
        assertThat(proxied.server().connections()).isEqualTo(1);
    }

    @Test
    void anAnswerThatComesBeforeTheBodyHasEndedCostsNobodyElseAnything() throws Exception {
        var early = to("/early").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[2_000_000]));

        assertThat(ask(early.build())).startsWith("403 not read");
        assertThat(ask(to("/next").build())).startsWith("200 GET /next");
    }

    @Test
    void whoGoesAwayWithinAnAnswerLeavesNothingBehind() throws Exception {
        var large = user.send(to("/large").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream some = large.body()) {
            assertThat(some.readNBytes(1_000)).hasSize(1_000);
        }

        assertThat(ask(to("/next").build())).startsWith("200 GET /next");
        Awaitility.await().untilAsserted(() -> assertThat(proxied.pool().busy()).isZero());
    }

    @Test
    void whoGoesAwayWhileSheWaitsIsNotWaitedFor() throws Exception {
        var slow = user.sendAsync(to("/slow").build(), HttpResponse.BodyHandlers.ofString());
        Awaitility.await().until(() -> proxied.pool().busy() == 1);

        slow.cancel(true);

        Awaitility.await().until(() -> proxied.pool().busy() == 0);
        assertThat(ask(to("/next").build())).startsWith("200 GET /next");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedInWords() throws Exception {
        var tooLarge = HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofByteArray(new byte[1_000]), 1_000);
        assertThat(ask(to("/ok").PUT(tooLarge).build())).startsWith("200");

        assertThat(ask(to("/up")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[40_000_001]))
                        .build()))
                .startsWith("413 ");
    }

    @Test
    void whoIsAskedToLeaveGetsHisAnswerFirst() throws Exception {
        ask(to("/first").build());
        var slow = user.sendAsync(to("/slow").build(), HttpResponse.BodyHandlers.ofString());
        Awaitility.await().until(() -> proxied.pool().busy() == 1);

        proxied.server().drain();
        released.countDown();

        assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("slow");
        Awaitility.await().until(() -> proxied.server().connections() == 0);
    }
}
