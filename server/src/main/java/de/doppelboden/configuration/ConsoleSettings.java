package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;
import static de.doppelboden.configuration.Key.required;
import static de.doppelboden.configuration.Key.withDefault;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Pages and REST of the control process.
 *
 * @param url under which people reach it; its scheme decides whether cookies are for TLS only
 * @param session after this time without a request a person logs in again
 */
public record ConsoleSettings(Address listen, Optional<Tls> tls, URI url, Duration session) {

    /** The listener for everybody else: the plain one is for this machine, the gateway among it. */
    public record Tls(Address listen, TlsSettings files) {

        static Tls read(Section in) {
            return new Tls(
                    in.address(required("listen", "Where people reach the console by TLS")), TlsSettings.read(in));
        }
    }

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    static ConsoleSettings read(Section in) {
        Address listen = in.address(withDefault("listen", "127.0.0.1:8080", "Where the console listens"));
        Optional<Tls> tls = in.optionalSection(
                "tls",
                "A second listener with TLS, for everybody but this machine; the first is on loopback then",
                Tls::read);
        if (tls.isPresent() && !in.describing() && !LOOPBACK.contains(listen.host())) {
            in.refuse("listen", "is not on loopback; people come by tls.listen, and only this machine without TLS");
        }
        URI url = in.optionalUrl(optional("url", "How people reach the console, when it is not as it listens"))
                .orElse(tls.map(secure -> URI.create("https://" + secure.listen()))
                        .orElse(URI.create("http://" + listen)));
        Duration session = in.duration(withDefault("session", "12h", "A log-in lasts so long without a request")
                .between("5m", "7d"));
        return new ConsoleSettings(listen, tls, url, session);
    }

    public boolean secure() {
        return "https".equals(url.getScheme());
    }
}
