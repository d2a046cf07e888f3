package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a side's answers: what goes on to the user, and what is not believed behind them. */
class AnswerTest {

    private static final String GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LAST = "GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** A side that answers the first request of each connection so, and all others with ok; counts connections. */
    private static RawSide side(String first, AtomicInteger connections) throws Exception {
        return new RawSide(socket -> {
            connections.incrementAndGet();
            RawSide.head(socket);
            RawSide.write(socket, first);
            while (!RawSide.head(socket).isEmpty()) {
                RawSide.write(socket, OK);
            }
        });
    }

    @Test
    void passesInterimAnswersOn() throws Exception {
        String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nConnection: close\r\n\r\n";
        try (var side = side("HTTP/1.1 100 Continue\r\n\r\n" + hints + OK, new AtomicInteger());
                var proxied = new Proxied(side.address())) {
            String answer = RawClient.exchange(proxied.port(), LAST);

            assertThat(answer)
                    .startsWith("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nok");
        }
    }

    @Test
    void aShortBodyThatIsHeldKeepsItsTrailers() throws Exception {
        var seen = new CompletableFuture<String>();
        try (var side = new RawSide(socket -> {
                    seen.complete(RawSide.head(socket) + RawSide.head(socket));
                    RawSide.write(socket, OK);
                });
                var proxied = new Proxied(side.address())) {
            String request = "POST /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";

            assertThat(RawClient.exchange(proxied.port(), request + "2\r\nab\r\n0\r\nX-Sum: 7\r\nHost: b\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK");
            assertThat(seen.getNow(""))
                    .contains("Transfer-Encoding: chunked\r\n")
                    .endsWith("\r\n2\r\nab\r\n0\r\nX-Sum: 7\r\n\r\n");
        }
    }

    @Test
    void blanksBeforeTheColonOfAFieldAreNotPassedOn() throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length \t: 2\r\nX-Old : a\r\n\r\nok";
        try (var side = side(answer, new AtomicInteger());
                var proxied = new Proxied(side.address())) {
            assertThat(RawClient.exchange(proxied.port(), LAST))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nX-Old: a\r\n")
                    .contains("\r\nContent-Length: 2\r\n")
                    .endsWith("\r\n\r\nok");
        }
    }

    @Test
    void aFieldThatIsFoldedBeforeItsColonIsNone() throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length\r\n : 2\r\n\r\nok";
        try (var side = side(answer, new AtomicInteger());
                var proxied = new Proxied(side.address())) {
            assertThat(RawClient.exchange(proxied.port(), LAST)).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void aPartThatIsAskedForIsPassedOn() throws Exception {
        var seen = new CompletableFuture<String>();
        String part = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-6/9\r\nContent-Length: 2\r\n\r\nok";
        try (var side = new RawSide(socket -> {
                    seen.complete(RawSide.head(socket));
                    RawSide.write(socket, part);
                });
                var proxied = new Proxied(side.address())) {
            String request =
                    "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nRange: bytes=5-6\r\nIf-Range: \"1\"\r\n\r\n";

            assertThat(RawClient.exchange(proxied.port(), request))
                    .startsWith("HTTP/1.1 206 Partial Content\r\n")
                    .contains("\r\nContent-Range: bytes 5-6/9\r\n")
                    .endsWith("\r\n\r\nok");
            assertThat(seen.getNow("")).contains("\r\nRange: bytes=5-6\r\n", "\r\nIf-Range: \"1\"\r\n");
        }
    }

    @Test
    void aQuestionForOptionsPassesSoManyAsItSays() throws Exception {
        var seen = new CompletableFuture<String>();
        try (var side = new RawSide(socket -> {
                    seen.complete(RawSide.head(socket));
                    RawSide.write(socket, OK);
                });
                var proxied = new Proxied(side.address())) {
            RawClient.exchange(
                    proxied.port(), "OPTIONS /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nMax-Forwards: 3\r\n\r\n");

            assertThat(seen.getNow("")).containsOnlyOnce("Max-Forwards: 2\r\n");
        }
    }

    @Test
    void whoSpeaksHttp10GetsNoInterimAnswer() throws Exception {
        try (var side = side("HTTP/1.1 103 Early Hints\r\n\r\n" + OK, new AtomicInteger());
                var proxied = new Proxied(side.address())) {
            assertThat(RawClient.exchange(proxied.port(), "GET /a HTTP/1.0\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void aProtocolThatNobodyAskedForIsNoAnswer() throws Exception {
        String changes = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n";
        try (var side = side(changes + OK, new AtomicInteger());
                var proxied = new Proxied(side.address())) {
            assertThat(RawClient.exchange(proxied.port(), LAST)).startsWith("HTTP/1.1 502 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', 1",
        "'HTTP/1.1 204 No Content\nContent-Length: 0\n\n', 1",
        "'HTTP/1.1 304 Not Modified\nContent-Length: 9\n\n', 1",
        "'HTTP/1.1 200 OK\nContent-Length: 3\nTransfer-Encoding: chunked\n\n2\nok\n0\n\n', 2",
        "'HTTP/1.0 200 OK\nConnection: keep-alive\nTransfer-Encoding: chunked\n\n2\nok\n0\n\n', 2",
        "'HTTP/1.1 204 No Content\nContent-Length: 3\n\n', 2",
        "'HTTP/1.1 204 No Content\nTransfer-Encoding: chunked\n\n', 2",
        // who has to say who he is says it for the connection, to servers that authenticate connections
        "'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: NTLM\nContent-Length: 2\n\nno', 2",
        "'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic\nContent-Length: 2\n\nno', 1",
    })
    void aConnectionIsUsedAgainOnlyIfNothingCouldBeLeftOnIt(String first, int connections) throws Exception {
        var made = new AtomicInteger();
        try (var side = side(first.replace("\n", "\r\n"), made);
                var proxied = new Proxied(side.address())) {
            String answers = RawClient.exchange(proxied.port(), GET + LAST);

            assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(3);
            assertThat(made).hasValue(connections);
        }
    }

    @Test
    void theConnectionOfWhoIsKnownByItIsNobodyElses() throws Exception {
        var made = new AtomicInteger();
        try (var side = side(OK, made);
                var proxied = new Proxied(side.address())) {
            RawClient.exchange(
                    proxied.port(), "GET /a HTTP/1.1\r\nHost: a\r\nAuthorization: Negotiate YII=\r\n\r\n" + LAST);

            assertThat(made).hasValue(2);
        }
    }
}
