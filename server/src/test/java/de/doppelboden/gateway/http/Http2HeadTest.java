package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Http2HeadTest {

    @Test
    void isTheHeadThatWouldHaveComeByTheOlderVersion() throws Exception {
        var head = Http2Head.request(
                new DefaultHttp2Headers(false)
                        .method("GET")
                        .path("/a?b")
                        .authority("a.example:8443")
                        .scheme("https")
                        .add("cookie", "one=1")
                        .add("x", "y")
                        .add("cookie", "two=2"),
                100);

        assertThat(head.method() + " " + head.target() + " " + head.host()).isEqualTo("GET /a?b a.example:8443");
        assertThat(head.headers().all("cookie")).containsExactly("one=1; two=2");
        assertThat(head.headers().first("x")).contains("y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/|a.example|||400",
                "GET|/x|a.example|transfer-encoding|chunked|400",
                "GET|/x|a.example|connection|close|400",
                "GET|/x|a.example|upgrade|h2c|400",
                "GET|/x|a.example|te|gzip|400",
                "GET|/x|a.example|host|b.example|400",
                "GET|/x|a.example|X-Upper|1|400",
                "GET|/x|a.example|with space|1|400",
                "GET|/x|a.example|with:colon|1|400",
                "GET|/x y|a.example|n|v|400",
                "GET|/x HTTP/1.1|a.example|n|v|400",
                "GE T|/x|a.example|n|v|400",
                "GET|x|a.example|n|v|400",
                "GET|/x|a b|n|v|400",
                "CONNECT|/x|a.example|n|v|501",
                "TRACE|/x|a.example|n|v|501",
            })
    void refusesWhatCouldBeReadInTwoWays(
            String method, String path, String authority, @Nullable String name, @Nullable String value, int status) {
        Http2Headers head = new DefaultHttp2Headers(false)
                .method(method)
                .path(path)
                .authority(authority)
                .scheme("https");
        if (name == null) {
            head.add(":path", "/second");
        } else {
            head.add(name, value);
        }

        assertThatThrownBy(() -> Http2Head.request(head, 100))
                .isInstanceOfSatisfying(
                        Malformed.class, bad -> assertThat(bad.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @CsvSource({"'a\r\nevil: 1'", "'a\nevil: 1'", "'a\0b'"})
    void refusesAValueThatWouldEndALine(String value) {
        for (String name : new String[] {"n", "cookie", ":path", ":authority", ":method"}) {
            Http2Headers head = new DefaultHttp2Headers(false).scheme("https");
            for (String pseudo : new String[] {":method", ":path", ":authority"}) {
                head.set(pseudo, pseudo.equals(name) ? value : pseudo.equals(":path") ? "/" : "a");
            }
            if (!name.startsWith(":")) {
                head.add(name, value);
            }

            assertThatThrownBy(() -> Http2Head.request(head, 100)).isInstanceOf(Malformed.class);
        }
    }
}
