package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.configuration.Certificates;
import de.doppelboden.configuration.TlsSettings;
import de.doppelboden.gateway.ListenerTls;
import de.doppelboden.gateway.wire.Deadlines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user by HTTP/1.1, a side by HTTP/2. */
class Http2SideTest {

    @TempDir
    static Path folder;

    private static TlsSettings files;

    private final Deadlines deadlines = new Deadlines(System::nanoTime);
    private final CountDownLatch released = new CountDownLatch(1);
    private final HttpClient user = HttpClient.newHttpClient();
    private HttpServer side;
    private Proxied proxied;

    @BeforeAll
    static void certify() throws Exception {
        files = Certificates.make(folder, "side", "localhost");
    }

    @BeforeEach
    void start() throws Exception {
        var door = new Door(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ListenerTls.of(Optional.of(files), System::nanoTime),
                Door.DIRECT);
        side = HttpServer.start(door, new Side(), HttpLimits.defaults(), new HttpServer.Most(100, 100), deadlines);
        proxied = inFrontOf(side.port());
    }

    private static Proxied inFrontOf(int port) throws IOException {
        return new Proxied(
                URI.create("https://localhost:" + port),
                HttpLimits.defaults().withSideTimes(Duration.ofSeconds(5), Duration.ofSeconds(10)),
                100,
                Optional.empty(),
                Optional.of(files));
    }

    @AfterEach
    void end() {
        released.countDown();
        user.close();
        proxied.close();
        side.close();
        deadlines.close();
    }

    private final class Side implements Handler {

        @Override
        public void handle(Exchange exchange) throws IOException {
            boolean whole = exchange.hold();
            String path = exchange.request().path();
            if (path.equals("/slow")) {
                awaitRelease();
            }
            if (path.equals("/large")) {
                exchange.reply(new Reply(200, "text/plain", new byte[5_000_000], List.of()));
                return;
            }
            long length = WholeBody.length(exchange);
            var headers = exchange.request().headers();
            exchange.reply(Reply.of(
                    200,
                    "text/plain",
                    exchange.request().method() + " " + exchange.request().target() + " " + length + " "
                            + headers.first("x-forwarded-proto").orElse("-") + " "
                            + exchange.request().host()));
        }

        private void awaitRelease() {
            try {
                released.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Reply refusal(int status, String detail, @Nullable RequestHead head) {
            return Reply.of(status, "text/plain", detail);
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxied.port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(20));
    }

    private String ask(HttpRequest request) throws Exception {
        var answer = user.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void passesRequestsOnWithTheirBodies() throws Exception {
        String host = "127.0.0.1:" + proxied.port();
        assertThat(ask(to("/a?b=c").build())).isEqualTo("200 GET /a?b=c 0 http " + host);
        assertThat(ask(to("/f").POST(HttpRequest.BodyPublishers.ofString("x=1")).build()))
                .isEqualTo("200 POST /f 3 http " + host);
        assertThat(ask(to("/large").build())).hasSize(5_000_004);
        assertThat(ask(to("/up")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000]))
                        .build()))
                .isEqualTo("200 PUT /up 3000000 http " + host);
        assertThat(ask(to("/up")
                        .PUT(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(new byte[3_000_000])))
                        .build()))
                .isEqualTo("200 PUT /up 3000000 http " + host);
        assertThat(side.connections()).isEqualTo(1);
        Awaitility.await().until(() -> proxied.pool().busy() == 0);
    }

    @Test
    void sharesOneConnectionAmongMany() throws Exception {
        ask(to("/first").build());
        var slow = user.sendAsync(to("/slow").build(), HttpResponse.BodyHandlers.ofString());
        var others = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 40; i++) {
            others.add(user.sendAsync(to("/n" + i).build(), HttpResponse.BodyHandlers.ofString()));
        }

        for (int i = 0; i < others.size(); i++) {
            assertThat(others.get(i).get(20, TimeUnit.SECONDS).body()).startsWith("GET /n" + i + " ");
        }
        assertThat(slow.isDone()).isFalse();
        assertThat(side.connections()).isEqualTo(1);
        released.countDown();
        assertThat(slow.get(20, TimeUnit.SECONDS).body()).startsWith("GET /slow");
    }

    @Test
    void aRequestThatIsWithdrawnCostsTheOthersNothing() throws Exception {
        ask(to("/first").build());
        var call = new Call(proxied.pool());
        var answer = CompletableFuture.supplyAsync(() -> {
            try {
                return call.send(SideRequest.get("/slow", List.of()));
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        });
        Awaitility.await().until(call::sent);

        assertThat(call.withdraw()).isTrue();

        assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(Call.Withdrawn.class);
        call.close();
        assertThat(ask(to("/next").build())).startsWith("200 GET /next");
        assertThat(side.connections()).isEqualTo(1);
    }

    @Test
    void aSideThatHasStoppedIsGone() throws Exception {
        ask(to("/first").build());
        side.close();
        assertThat(ask(to("/gone")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build()))
                .startsWith("503 ");
    }

    @Test
    void aConnectionThatTheSideHasLeftMeanwhileIsMadeAnew() throws Exception {
        assertThat(ask(to("/first").build())).startsWith("200");
        proxied.pool().forgetUnused();

        assertThat(ask(to("/second").build())).startsWith("200 GET /second");
        Awaitility.await().untilAsserted(() -> assertThat(side.connections()).isEqualTo(1));
    }

    @Test
    void whoReadsSlowlyCostsTheOthersNothing() throws Exception {
        ask(to("/first").build());
        var slow = new ArrayList<RawClient>();
        for (int i = 0; i < 12; i++) {
            var client = new RawClient(proxied.port());
            client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readUntil("\r\n\r\n");
            slow.add(client);
        }

        assertThat(ask(to("/next").build())).startsWith("200 GET /next");

        assertThat(ask(to("/large").build())).hasSize(5_000_004);
        assertThat(side.connections()).isEqualTo(1);
        for (var client : slow) {
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawHttp2Side.GO_AWAY, RawHttp2Side.RST_STREAM})
    void whatASideHasNotLookedAtIsAskedOnANewConnection(int refusal) throws Exception {
        try (var leaving = new RawHttp2Side(files, (out, connection, stream) -> {
                    if (connection > 1) {
                        RawHttp2Side.noContent(out, stream);
                    } else if (refusal == RawHttp2Side.GO_AWAY) {
                        RawHttp2Side.frame(out, RawHttp2Side.GO_AWAY, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
                    } else {
                        RawHttp2Side.frame(out, RawHttp2Side.RST_STREAM, 0, stream, 0, 0, 0, 7);
                    }
                });
                var toIt = inFrontOf(leaving.port());
                var call = new Call(toIt.pool())) {
            var write = SideRequest.get("/", List.of()).at("POST", "/").withBody(new byte[1]);

            var answer = call.send(write);

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Call.Responded.class,
                            responded -> assertThat(responded.head().status()).isEqualTo(204));
            assertThat(leaving.connections()).isEqualTo(2);
        }
    }
}
