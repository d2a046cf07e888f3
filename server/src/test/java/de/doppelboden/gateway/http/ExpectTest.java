package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Users who wait to be asked for their bodies (RFC 9110 section 10.1.1). */
class ExpectTest {

    private static final int LARGE = Proxied.LIMITS.heldBytes() + 1;
    private static final String LARGE_HEAD =
            "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: " + LARGE + "\r\n\r\n";

    @Test
    void asksForABodyThatWaitsToBeAskedFor() throws IOException {
        try (var echo = new Proxied.Echo();
                var proxied = new Proxied(echo.address());
                var client = new RawClient(proxied.port())) {
            client.send("POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("abc");

            assertThat(client.readUntil("POST /a 3 abc")).startsWith("HTTP/1.1 200 OK");
            assertThat(echo.headers.getFirst()).doesNotContainKey("Expect");
        }
    }

    private static void takes(Socket socket) throws IOException {
        assertThat(socket.getInputStream().readNBytes(LARGE)).hasSize(LARGE);
        RawSide.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    /** The user is asked for her body, once, and the side gets it. */
    private static void asksAndGets(RawSide.Behaviour behaviour) throws Exception {
        try (var side = new RawSide(behaviour);
                var proxied = new Proxied(side.address());
                var client = new RawClient(proxied.port())) {
            client.send(LARGE_HEAD);
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("a".repeat(LARGE));

            assertThat(client.readUntil("ok")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void aBodyThatIsNotHeldIsAskedForByTheSideItIsFor() throws Exception {
        asksAndGets(socket -> {
            assertThat(RawSide.head(socket)).contains("\r\nExpect: 100-continue\r\n");
            RawSide.write(socket, "HTTP/1.1 100 Continue\r\n\r\n");
            takes(socket);
        });
    }

    @Test
    void aBodyThatTheSideDoesNotWantIsNotAskedFor() throws Exception {
        try (var side = new RawSide(socket -> {
                    RawSide.head(socket);
                    RawSide.write(socket, "HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno");
                });
                var proxied = new Proxied(side.address());
                var client = new RawClient(proxied.port())) {
            client.send(LARGE_HEAD);

            assertThat(client.readUntil("no")).startsWith("HTTP/1.1 413 ").contains("\r\nConnection: close\r\n");
        }
    }

    /** Many servers ask for the body by themselves before anybody has looked at the request. */
    @Test
    void whatIsAskedForAndRefusedAtOnceIsAnsweredInThisOrder() throws Exception {
        for (int round = 0; round < 50; round++) {
            try (var side = new RawSide(socket -> {
                        RawSide.head(socket);
                        RawSide.write(
                                socket,
                                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno");
                    });
                    var proxied = new Proxied(side.address());
                    var client = new RawClient(proxied.port())) {
                client.send(LARGE_HEAD);

                assertThat(client.readUntil("\r\n\r\nno"))
                        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 413 ")
                        .containsOnlyOnce("100 Continue");
            }
        }
    }

    @Test
    void aSideThatDoesNotLetItselfBeAskedGetsTheBody() throws Exception {
        asksAndGets(socket -> {
            if (RawSide.head(socket).contains("Expect:")) {
                RawSide.write(socket, "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
            } else {
                takes(socket);
            }
        });
    }

    @Test
    void aSideThatKnowsNothingOfBeingAskedGetsTheBody() throws Exception {
        asksAndGets(socket -> {
            RawSide.head(socket);
            takes(socket);
        });
    }
}
