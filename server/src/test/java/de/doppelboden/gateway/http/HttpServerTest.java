package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.gateway.wire.Deadlines;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HttpServerTest {

    private static final String GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LAST = "GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (var echo = new Proxied.Echo();
                var proxied = new Proxied(echo.address())) {
            String answers = RawClient.exchange(proxied.port(), GET + GET + GET + LAST);

            assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(5);
            assertThat(answers).endsWith("GET /b 0 ");
            assertThat(echo.requests).containsExactly("GET /a", "GET /a", "GET /a", "GET /b");
        }
    }

    @Test
    void answersAHeadWithoutABody() throws IOException {
        try (var echo = new Proxied.Echo();
                var proxied = new Proxied(echo.address())) {
            String answers = RawClient.exchange(proxied.port(), "HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n" + LAST);

            assertThat(echo.requests).containsExactly("HEAD /a", "GET /b");
            assertThat(answers).endsWith("GET /b 0 ");
        }
    }

    @Test
    void speaksHttp10() throws IOException {
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                    RawSide.write(socket, "2\r\nde\r\n0\r\n\r\n");
                });
                var proxied = new Proxied(side.address())) {
            String answer = RawClient.exchange(proxied.port(), "GET /a HTTP/1.0\r\n\r\n");

            assertThat(answer)
                    .contains("Connection: close")
                    .doesNotContain("chunked")
                    .endsWith("\r\n\r\nabcde");
        }
    }

    @Test
    void passesChunksAndTrailersOnAsTheyCome() throws Exception {
        var firstSeen = new CountDownLatch(1);
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nevent1\r\n");
                    firstSeen.await();
                    RawSide.write(socket, "6\r\nevent2\r\n0\r\nX-Sum: 7\r\nContent-Length: 9\r\n\r\n");
                });
                var proxied = new Proxied(side.address());
                var client = new RawClient(proxied.port())) {
            client.send(GET);
            client.readUntil("event1\r\n");
            firstSeen.countDown();

            assertThat(client.readUntil("\r\n\r\n")).endsWith("6\r\nevent2\r\n0\r\nX-Sum: 7\r\n\r\n");
        }
    }

    @Test
    void endsASenderWhoIsTooSlow() throws Exception {
        try (var echo = new Proxied.Echo();
                var proxied = new Proxied(echo.address());
                var head = new RawClient(proxied.port());
                var body = new RawClient(proxied.port());
                var silent = new RawClient(proxied.port())) {
            head.send("GET /a HTTP/1.1\r\nHos");
            body.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\n\r\nabc");

            assertThat(head.readToEnd()).startsWith("HTTP/1.1 408 ");
            assertThat(body.readToEnd()).startsWith("HTTP/1.1 408 ");
            assertThat(silent.readToEnd()).isEmpty();
            assertThat(echo.requests).isEmpty();
            await().untilAsserted(
                            () -> assertThat(proxied.server().connections()).isZero());
        }
    }

    @Test
    void endsASenderWhoDripsBytes() throws Exception {
        try (var echo = new Proxied.Echo();
                var proxied = new Proxied(echo.address());
                var drip = new RawClient(proxied.port())) {
            drip.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
            var dripping = Thread.ofVirtual().start(() -> {
                var pause = new CountDownLatch(1);
                try {
                    while (!pause.await(50, TimeUnit.MILLISECONDS)) {
                        drip.send("x");
                    }
                } catch (IOException | InterruptedException ended) {
                    return;
                }
            });

            assertThat(drip.readUntil("\r\n")).startsWith("HTTP/1.1 408 ");
            dripping.interrupt();
        }
    }

    @Test
    void endsAReaderWhoIsTooSlow() throws Exception {
        var bytes = new byte[64 * 1024];
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                    while (true) {
                        socket.getOutputStream().write(bytes);
                    }
                });
                var proxied = new Proxied(side.address());
                var client = new RawClient(proxied.port())) {
            client.send(GET);

            await().until(() -> proxied.server().connections() == 1);
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(
                            () -> assertThat(proxied.server().connections()).isZero());
        }
    }

    @Test
    void boundsTheConnectionsOfOneClient() throws Exception {
        try (var echo = new Proxied.Echo();
                var proxied = new Proxied(echo.address(), Proxied.LIMITS, 3)) {
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < 4; i++) {
                clients.add(new RawClient(proxied.port()));
            }

            assertThat(clients.get(3).readToEnd()).startsWith("HTTP/1.1 503 ").contains("Retry-After");
            assertThat(proxied.server().turnedAway()).isEqualTo(1);
            clients.getFirst().send(LAST);
            assertThat(clients.getFirst().readToEnd()).startsWith("HTTP/1.1 200 OK");
            for (var client : clients) {
                client.close();
            }
        }
    }

    @Test
    void streamsLargeBodiesInConstantMemory() throws Exception {
        long size = 100L * 1024 * 1024;
        var received = new AtomicLong();
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    received.set(drop(socket, size));
                    RawSide.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
                    pour(socket.getOutputStream(), size);
                });
                var proxied = new Proxied(side.address());
                var client = new RawClient(proxied.port())) {
            long before = used();
            client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n");
            pour(client.socket().getOutputStream(), size);
            long during = used();
            client.readUntil("\r\n\r\n");
            long got = drop(client.socket(), size);

            assertThat(received).hasValue(size);
            assertThat(got).isEqualTo(size);
            assertThat(during - before).as("bytes held").isLessThan(8L * 1024 * 1024);
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void pour(OutputStream out, long size) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        for (long left = size; left > 0; left -= bytes.length) {
            out.write(bytes, 0, (int) Math.min(left, bytes.length));
        }
        out.flush();
    }

    private static long drop(Socket socket, long size) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        long got = 0;
        while (got < size) {
            int count = socket.getInputStream().read(bytes);
            if (count < 0) {
                return got;
            }
            got += count;
        }
        return got;
    }

    @Test
    void deliversAnAnswerThatComesBeforeTheBodyHasEndedAndCloses() throws Exception {
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
                    drop(socket, 1 << 20);
                });
                var proxied = new Proxied(side.address());
                var client = new RawClient(proxied.port())) {
            client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n");
            client.send(GET.repeat(100));

            String all = client.readToEnd();

            assertThat(all)
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Connection: close")
                    .endsWith("big");
        }
    }

    @Test
    void neverGivesASideAPartForTheWhole() throws Exception {
        var seen = new CountDownLatch(1);
        var got = new AtomicLong();
        try (var side = new RawSide(socket -> {
                    assertThat(RawSide.head(socket)).contains("Transfer-Encoding: chunked");
                    var text = new String(socket.getInputStream().readAllBytes());
                    got.set(text.endsWith("0\r\n\r\n") ? 1 : 2);
                    seen.countDown();
                });
                var proxied = new Proxied(side.address());
                var client = new RawClient(proxied.port())) {
            client.send("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("20000\r\n" + "a".repeat(0x20000) + "\r\nxyz\r\n");

            assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ");
            assertThat(seen.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(got).hasValue(2);
        }
    }

    @Test
    void showsTheUserThatAnAnswerIsCutOff() throws Exception {
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                });
                var proxied = new Proxied(side.address())) {
            assertThat(RawClient.exchange(proxied.port(), GET)).endsWith("3\r\nabc\r\n");
        }
    }

    @Test
    void asksAgainOnlyWhenAKeptConnectionHadGoneStaleAndOnlyForReads() throws Exception {
        var requests = new AtomicInteger();
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    requests.incrementAndGet();
                    RawSide.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    RawSide.head(socket); // and closes without an answer to the second request
                    requests.incrementAndGet();
                });
                var proxied = new Proxied(side.address())) {
            String reads = RawClient.exchange(proxied.port(), GET + LAST);
            assertThat(reads.split("HTTP/1.1 200 OK", -1)).hasSize(3);
            assertThat(requests).hasValue(3);

            String write = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx";
            String mixed = RawClient.exchange(proxied.port(), write);

            assertThat(mixed).startsWith("HTTP/1.1 502 ");
            assertThat(requests).as("sent once").hasValue(4);
        }
    }

    @Test
    void tellsAnUnreachableSideFromASilentOne() throws Exception {
        var limits = Proxied.LIMITS.withSideTimes(Duration.ofMillis(500), Duration.ofMillis(300));
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.head(socket);
                });
                var silent = new Proxied(side.address(), limits, 10);
                var gone = new Proxied(URI.create("http://127.0.0.1:1"), limits, 10)) {
            assertThat(RawClient.exchange(silent.port(), LAST)).startsWith("HTTP/1.1 504 ");
            assertThat(RawClient.exchange(gone.port(), LAST)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void refusesAnAnswerThatIsNotHttp() throws Exception {
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc");
                });
                var proxied = new Proxied(side.address())) {
            assertThat(RawClient.exchange(proxied.port(), LAST)).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void passesAWebSocketThrough() throws Exception {
        try (var side = new RawSide(socket -> {
                    assertThat(RawSide.head(socket))
                            .contains("Upgrade: websocket")
                            .contains("Connection: Upgrade");
                    RawSide.write(
                            socket,
                            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\nhello");
                    byte[] got = socket.getInputStream().readNBytes(4);
                    RawSide.write(socket, "got " + new String(got));
                });
                var proxied = new Proxied(side.address());
                var client = new RawClient(proxied.port())) {
            client.send("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            assertThat(client.readUntil("hello")).startsWith("HTTP/1.1 101 ").contains("Sec-WebSocket-Accept: x");
            client.send("ping");

            assertThat(client.readToEnd()).isEqualTo("got ping");
        }
    }

    @Test
    void withdrawsACallFromAnotherThread() throws Exception {
        var asked = new CountDownLatch(1);
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    asked.countDown();
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                });
                var deadlines = new Deadlines(System::nanoTime);
                var pool = new SidePool(side.address(), Proxied.LIMITS, deadlines);
                var call = new Call(pool)) {
            var answer = new ArrayList<Call.Answer>();
            var caller = Thread.ofVirtual().start(() -> {
                try {
                    answer.add(call.send(SideRequest.get("/", java.util.List.of())));
                } catch (IOException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
            });
            asked.await();

            assertThat(call.withdraw()).isTrue();
            caller.join();

            assertThat(answer).containsExactly(new Call.Withdrawn());
            assertThat(call.withdraw()).isFalse();
        }
    }

    @Test
    void endsIdleConnectionsAtOnceWhenItStops() throws Exception {
        try (var echo = new Proxied.Echo();
                var proxied = new Proxied(echo.address());
                var client = new RawClient(proxied.port())) {
            client.send(GET);
            client.readUntil("GET /a 0 ");

            proxied.server().drain();

            assertThat(client.readToEnd()).isEmpty();
        }
    }
}
