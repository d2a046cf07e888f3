package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What stays open for long: streams of events and tunnels, of which a peer says little or nothing for a while. */
class StreamTest {

    private static final String GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String EVENTS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String UPGRADE =
            "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    private static final String UPGRADED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

    /** Bodies end after 300 ms of silence, tunnels after 1.2 s. */
    private static final HttpLimits LIMITS = limits(Duration.ofMillis(300), Duration.ofMillis(1_200));

    private static HttpLimits limits(Duration body, Duration tunnel) {
        var usual = HttpLimits.defaults();
        return new HttpLimits(
                usual.lineBytes(),
                usual.headBytes(),
                usual.fields(),
                usual.bodyBytes(),
                usual.heldBytes(),
                usual.headTime(),
                usual.idleTime(),
                body,
                usual.bodyRate(),
                usual.connectTime(),
                usual.answerTime(),
                usual.pooledTime(),
                usual.pooled(),
                tunnel);
    }

    private static void pause(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    @Test
    void aStreamOfEventsMayBeSilentForLong() throws Exception {
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, EVENTS + "1\r\na\r\n");
                    pause(800);
                    RawSide.write(socket, "1\r\nb\r\n0\r\n\r\n");
                });
                var proxied = new Proxied(side.address(), LIMITS, 10)) {
            assertThat(RawClient.exchange(proxied.port(), GET)).endsWith("1\r\na\r\n1\r\nb\r\n0\r\n\r\n");
        }
    }

    @Test
    void anAnswerMayComeSlowlyAsLongAsItComes() throws Exception {
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n");
                    for (int i = 0; i < 8; i++) {
                        pause(100);
                        RawSide.write(socket, "x");
                    }
                });
                var proxied = new Proxied(side.address(), LIMITS, 10)) {
            assertThat(RawClient.exchange(proxied.port(), "GET /a HTTP/1.0\r\n\r\n"))
                    .endsWith("xxxxxxxx");
        }
    }

    @Test
    void theSideIsLeftWhenNobodyWaitsForEventsAnyMore() throws Exception {
        var left = new CountDownLatch(1);
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, EVENTS + "1\r\na\r\n");
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                    left.countDown();
                });
                var proxied = new Proxied(side.address());
                var client = new RawClient(proxied.port())) {
            client.send(GET);
            client.readUntil("a\r\n");

            client.close();

            assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
            await().untilAsserted(
                            () -> assertThat(proxied.server().connections()).isZero());
        }
    }

    @Test
    void aTunnelIsOpenAsLongAsOneDirectionMoves() throws Exception {
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, UPGRADED);
                    for (int i = 0; i < 9; i++) {
                        pause(200);
                        RawSide.write(socket, Integer.toString(i));
                    }
                    assertThat(socket.getInputStream().read()).isEqualTo('x');
                    RawSide.write(socket, "!");
                });
                var proxied = new Proxied(side.address(), LIMITS, 10);
                var client = new RawClient(proxied.port())) {
            client.send(UPGRADE);
            client.readUntil("012345678");

            client.send("x");

            assertThat(client.readToEnd()).isEqualTo("!");
        }
    }

    @Test
    void aTunnelInWhichNothingMovesEnds() throws Exception {
        var left = new CountDownLatch(1);
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, UPGRADED);
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                    left.countDown();
                });
                var proxied = new Proxied(side.address(), LIMITS, 10)) {
            assertThat(RawClient.exchange(proxied.port(), UPGRADE)).startsWith("HTTP/1.1 101 ");
            assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoAsksForATunnelAndSendsABodyGetsAnAnswerOfHttp() throws Exception {
        try (var echo = new Proxied.Echo();
                var proxied = new Proxied(echo.address())) {
            String head = "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n"
                    + "Content-Length: 100000\r\n\r\n";

            String answer = RawClient.exchange(proxied.port(), head + "x".repeat(100_000));

            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("GET /ws 100000 ");
            assertThat(echo.headers.getFirst()).doesNotContainKey("Upgrade");
        }
    }
}
