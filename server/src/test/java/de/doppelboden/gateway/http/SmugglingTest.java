package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of these has been read in two ways by some pair of proxy and server. Ours refuses it, and no part reaches the side. */
class SmugglingTest {

    private Proxied.Echo echo;
    private Proxied proxied;

    @BeforeEach
    void start() throws IOException {
        echo = new Proxied.Echo();
        proxied = new Proxied(echo.address());
    }

    @AfterEach
    void stop() {
        proxied.close();
        echo.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // CL.TE, TE.CL and their disguises
                "POST / HTTP/1.1\nHost: a\nContent-Length: 6\nTransfer-Encoding: chunked\n\n0\n\nG",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\nContent-Length: 4\n\n5c\nGPOST / HTTP/1.1\n\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\nTransfer-Encoding: identity\n\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding : chunked\n\n0\n\n",
                "POST / HTTP/1.1\nHost: a\n Transfer-Encoding: chunked\n\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nX: y\n\tTransfer-Encoding: chunked\n\n0\n\n",
                "POST / HTTP/1.0\nHost: a\nTransfer-Encoding: chunked\n\n0\n\n",
                // lengths that readers disagree about
                "POST / HTTP/1.1\nHost: a\nContent-Length: 3\nContent-Length: 3\n\nabc",
                "POST / HTTP/1.1\nHost: a\nContent-Length: 3\nContent-Length: 0\n\nabc",
                "POST / HTTP/1.1\nHost: a\nContent-Length: 3, 3\n\nabc",
                "POST / HTTP/1.1\nHost: a\nContent-Length: +3\n\nabc",
                "POST / HTTP/1.1\nHost: a\nContent-Length: -3\n\nabc",
                "POST / HTTP/1.1\nHost: a\nContent-Length: 0x3\n\nabc",
                "POST / HTTP/1.1\nHost: a\nContent-Length: 3 3\n\nabc",
                "POST / HTTP/1.1\nHost: a\nContent-Length:\n\nabc",
                "POST / HTTP/1.1\nHost: a\nContent-Length: 99999999999999999999\n\nabc",
                // chunks
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\nxyz\nabc\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabcd\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n-3\nabc\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n0x3\nabc\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n 3\nabc\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\nfffffffffffffffff\nabc\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3;a\u0001b\nabc\n0\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n0\nbad trailer\n\n",
                // fields and lines
                "GET / HTTP/1.1\nHost: a\nHost: b\n\n",
                "GET / HTTP/1.1\n\n",
                "GET / HTTP/1.1\nHost: a/b\n\n",
                "GET / HTTP/1.1\nHost: a\n: empty\n\n",
                "GET / HTTP/1.1\nHost: a\nNo colon here\n\n",
                "GET / HTTP/1.1\nHost: a\nX: a\u0000b\n\n",
                "GET / HTTP/1.1\nHost: a\nX: a\u0001b\n\n",
                "GET / HTTP/1.1\nHost: a\nX(y): b\n\n",
                "GET  / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1 \nHost: a\n\n",
                "GET /\u00e4 HTTP/1.1\nHost: a\n\n",
                "GET /a b HTTP/1.1\nHost: a\n\n",
                "GET /a#b HTTP/1.1\nHost: a\n\n",
                "GET a HTTP/1.1\nHost: a\n\n",
                "GET http:///x HTTP/1.1\nHost: a\n\n",
                "GET http://b/x HTTP/1.1\nHost: a\n\n",
                "GET http://u@a/x HTTP/1.1\nHost: a\n\n",
                "GET / HTTX/1.1\nHost: a\n\n",
                "GET /\nHost: a\n\n",
                " GET / HTTP/1.1\nHost: a\n\n",
                "\n\n\nGET / HTTP/1.1\nHost: a\n\n",
            })
    void refusesWhatCouldBeReadInTwoWays(String request) throws IOException {
        String answer = RawClient.exchange(proxied.port(), request.replace("\n", "\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Connection: close");
        assertThat(answer.split("HTTP/1.1 ", -1)).as("exactly one answer").hasSize(2);
        assertThat(echo.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
                "GET / HTTP/1.1\rHost: a\r\r",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nA: b\n\r\n\r\n",
            })
    void refusesBareLineEnds(String request) throws IOException {
        String answer = RawClient.exchange(proxied.port(), request);

        assertThat(answer).matches("(?s)HTTP/1.1 40[08] .*");
        assertThat(echo.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'POST / HTTP/1.1\nHost: a\nTransfer-Encoding: gzip\n\n', 501",
        "'POST / HTTP/1.1\nHost: a\nTransfer-Encoding: xchunked\n\n', 501",
        "'POST / HTTP/1.1\nHost: a\nTransfer-Encoding: \"chunked\"\n\n', 501",
        "'CONNECT a:443 HTTP/1.1\nHost: a\n\n', 501",
        "'TRACE / HTTP/1.1\nHost: a\n\n', 501",
        "'PRI * HTTP/2.0\n\nSM\n\n', 505",
        "'GET / HTTP/3.0\nHost: a\n\n', 505",
        "'GET / HTTP/1.1\nHost: a\nContent-Length: 3\nExpect: tea\n\nabc', 417",
    })
    void saysWhatIsNotOffered(String request, int status) throws IOException {
        String answer = RawClient.exchange(proxied.port(), request.replace("\n", "\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(echo.requests).isEmpty();
    }

    @Test
    void boundsLinesHeadersAndBodies() throws IOException {
        String longLine = "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        String longField = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(9000) + "\r\n\r\n";
        String longHead = "GET / HTTP/1.1\r\nHost: a\r\n" + ("X: " + "a".repeat(4000) + "\r\n").repeat(10) + "\r\n";
        String manyFields = "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(101) + "\r\n";
        String longBody = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000000\r\n\r\n";

        assertThat(RawClient.exchange(proxied.port(), longLine)).startsWith("HTTP/1.1 414 ");
        assertThat(RawClient.exchange(proxied.port(), longField)).startsWith("HTTP/1.1 431 ");
        assertThat(RawClient.exchange(proxied.port(), longHead)).startsWith("HTTP/1.1 431 ");
        assertThat(RawClient.exchange(proxied.port(), manyFields)).startsWith("HTTP/1.1 431 ");
        assertThat(RawClient.exchange(proxied.port(), longBody)).startsWith("HTTP/1.1 413 ");
        assertThat(echo.requests).isEmpty();
    }

    @Test
    void writesEachMessageAnew() throws IOException {
        String request =
                "POST /x?y HTTP/1.1\r\nhOsT: city\r\nTransfer-Encoding: Chunked\r\nConnection: X-Mine, close\r\n"
                        + "X-Mine: 1\r\nX-Kept:  2  \r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\nKeep-Alive: 5\r\n"
                        + "Upgrade: h2c\r\nTE: trailers\r\n\r\n3;ext=\"a\"\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";

        String answer = RawClient.exchange(proxied.port(), request);

        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK")
                .contains("X-side: echo")
                .contains("Via: 1.1 doppelboden");
        assertThat(answer).endsWith("POST /x?y 5 abcde");
        var seen = echo.headers.getFirst();
        assertThat(seen.getFirst("Host")).isEqualTo("city");
        assertThat(seen.getFirst("Content-Length")).isEqualTo("5");
        assertThat(seen.getFirst("X-Kept")).isEqualTo("2");
        assertThat(seen.get("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(seen.get("Forwarded")).containsExactly("for=127.0.0.1;host=\"city\";proto=http");
        assertThat(seen.get("Te")).as("we take them too").containsExactly("trailers");
        assertThat(seen.get("Connection")).containsExactly("TE");
        assertThat(seen).doesNotContainKeys("X-mine", "Keep-alive", "Upgrade", "Transfer-encoding");
    }

    @Test
    void neverTakesALeftoverBodyForARequest() throws IOException {
        String hidden = "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n";
        String request = "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: " + hidden.length() + "\r\n\r\n" + hidden
                + "GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

        RawClient.exchange(proxied.port(), request);

        assertThat(echo.requests).containsExactly("GET /a", "GET /b");
    }

    @Test
    void passesNothingOnThatAnApplicationWouldTakeForOurs() throws IOException {
        String request =
                "GET http://city/x HTTP/1.1\r\nHost: city\r\nX_Forwarded_For: 6.6.6.6\r\nx-forwarded_proto: https\r\n"
                        + "Proxy: http://evil\r\nX_Kept: 1\r\nConnection: close\r\n\r\n";

        RawClient.exchange(proxied.port(), request);

        assertThat(echo.requests).containsExactly("GET /x");
        var seen = echo.headers.getFirst();
        assertThat(seen).doesNotContainKeys("X_forwarded_for", "X-forwarded_proto", "Proxy");
        assertThat(seen).containsKey("X_kept");
        assertThat(seen.get("X-Forwarded-Host")).containsExactly("city");
    }
}
