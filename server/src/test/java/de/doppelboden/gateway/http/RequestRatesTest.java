package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.gateway.wire.Deadlines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestRatesTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = 17 * SECOND;
    private final RequestRates rates = new RequestRates(new Greeting(), 10, () -> now);

    @Test
    void twoSecondsShareMayComeAtOnceAndThenSoManyASecond() throws Exception {
        var client = InetAddress.getByName("192.0.2.1");

        assertThat(admitted(client, 100)).isEqualTo(20);
        now += SECOND;
        assertThat(admitted(client, 100)).isEqualTo(10);
        now += SECOND / 10;
        assertThat(admitted(client, 100)).isEqualTo(1);
    }

    @Test
    void whatIsNotUsedIsNotSavedForLong() throws Exception {
        var client = InetAddress.getByName("192.0.2.1");
        admitted(client, 100);

        now += 1000 * SECOND;

        assertThat(admitted(client, 100)).isEqualTo(20);
    }

    @Test
    void oneClientCostsTheOthersNothing() throws Exception {
        admitted(InetAddress.getByName("192.0.2.1"), 1000);

        assertThat(admitted(InetAddress.getByName("192.0.2.2"), 20)).isEqualTo(20);
    }

    @Test
    void ofIpv6ANetworkIsOneClient() throws Exception {
        admitted(InetAddress.getByName("2001:db8:0:1::1"), 20);

        assertThat(rates.admits(InetAddress.getByName("2001:db8:0:1:ffff::2"))).isFalse();
        assertThat(rates.admits(InetAddress.getByName("2001:db8:0:2::1"))).isTrue();
    }

    @Test
    void whoHasPaidIsForgotten() throws Exception {
        for (int i = 0; i < 200; i++) {
            rates.admits(InetAddress.getByName("192.0.2." + i));
        }
        assertThat(rates.clients()).isEqualTo(200);

        now += 3 * SECOND;
        rates.admits(InetAddress.getByName("198.51.100.1"));

        assertThat(rates.clients()).isEqualTo(1);
    }

    @Test
    void whoSendsTooMuchIsToldSoOnAConnectionThatGoesOn() throws Exception {
        var door = new Door(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), Door.DIRECT);
        try (var deadlines = new Deadlines(System::nanoTime);
                var server = HttpServer.start(
                        door, new Greeting(), HttpLimits.defaults(), new HttpServer.Most(10, 10, 1), deadlines);
                var client = new RawClient(server.port())) {
            String get = "GET / HTTP/1.1\r\nHost: a\r\n";
            client.send((get + "\r\n").repeat(9) + get + "Connection: close\r\n\r\n");

            String answers = client.readToEnd();

            int good = answers.split("HTTP/1.1 200 ", -1).length - 1;
            int refused = answers.split("HTTP/1.1 429 ", -1).length - 1;
            assertThat(good).isGreaterThanOrEqualTo(2);
            assertThat(refused).isPositive().isEqualTo(10 - good).isEqualTo((int) server.refused());
        }
    }

    private long admitted(InetAddress client, int requests) {
        return IntStream.range(0, requests).filter(i -> rates.admits(client)).count();
    }

    private static final class Greeting implements Handler {

        @Override
        public void handle(Exchange exchange) throws IOException {
            exchange.reply(Reply.of(200, "text/plain", "good day"));
        }

        @Override
        public Reply refusal(int status, String detail, @Nullable RequestHead head) {
            return Reply.of(status, "text/plain", detail);
        }
    }
}
