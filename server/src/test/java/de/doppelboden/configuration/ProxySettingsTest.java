package de.doppelboden.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxySettingsTest {

    private static final List<Network> TRUSTED =
            List.of(Network.parse("10.0.0.0/8"), Network.parse("192.0.2.1"), Network.parse("2001:db8::/32"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        203.0.113.9 | 198.51.100.1              | 203.0.113.9   | who is no proxy cannot say who she is
        10.1.2.3    | 198.51.100.1              | 198.51.100.1  | a proxy says for whom it comes
        10.1.2.3    | 127.0.0.1, 198.51.100.1   | 198.51.100.1  | what the user claimed before does not count
        10.1.2.3    | 198.51.100.1, 192.0.2.1   | 198.51.100.1  | one proxy after another
        10.1.2.3    | nonsense, 192.0.2.1       | 192.0.2.1     | the last that is known
        10.1.2.3    | ''                        | 10.1.2.3      | a proxy that says nothing
        10.1.2.3    | 198.51.100.1:4711         | 198.51.100.1  | with a port
        2001:db8::1 | [2001:4860::8]:4711       | 2001:4860::8  | IPv6
        11.1.2.3    | 198.51.100.1              | 11.1.2.3      | outside the network
        """)
    void believesTrustedProxiesAloneAboutTheUser(String peer, String forwardedFor, String user, String why) {
        var settings = new ProxySettings(TRUSTED, ProxySettings.Header.X_FORWARDED_FOR);

        var origin = origin(settings, peer, Map.of("x-forwarded-for", forwardedFor, "forwarded", "for=1.1.1.1"));

        assertThat(origin.user()).as(why).isEqualTo(InetAddress.ofLiteral(user));
    }

    @Test
    void readsTheStandardHeaderWhenThatIsTheOneAndTheOtherNever() {
        var settings = new ProxySettings(TRUSTED, ProxySettings.Header.FORWARDED);

        var origin = origin(
                settings,
                "10.1.2.3",
                Map.of("forwarded", "for=\"[2001:4860::8]:99\";proto=https", "x-forwarded-for", "1.1.1.1"));

        assertThat(origin.user()).isEqualTo(InetAddress.ofLiteral("2001:4860::8"));
        assertThat(origin.secure()).isTrue();
    }

    @Test
    void believesThatSheCameByTlsFromATrustedProxyAlone() {
        var settings = new ProxySettings(TRUSTED, ProxySettings.Header.X_FORWARDED_FOR);
        var fields = Map.of("x-forwarded-for", "198.51.100.1", "x-forwarded-proto", "https");

        assertThat(origin(settings, "10.1.2.3", fields).secure()).isTrue();
        assertThat(origin(settings, "203.0.113.9", fields).secure()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33", "10.0.0", "a.example.org", "10.0.0.0/x"})
    void wantsAddresses(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ProxySettings.Origin origin(ProxySettings settings, String peer, Map<String, String> fields) {
        return settings.origin(
                InetAddress.ofLiteral(peer),
                false,
                name -> fields.containsKey(name) ? List.of(fields.get(name)) : List.of());
    }
}
