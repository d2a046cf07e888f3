package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;
import static de.doppelboden.configuration.Key.withDefault;

import java.net.URI;
import java.time.Duration;

/**
 * Pages and REST of the control process.
 *
 * @param url under which people reach it; its scheme decides whether cookies are for TLS only
 * @param session after this time without a request a person logs in again
 */
public record ConsoleSettings(Address listen, URI url, Duration session) {

    static ConsoleSettings read(Section in) {
        Address listen = in.address(withDefault("listen", "127.0.0.1:8080", "Where the console listens"));
        URI url = in.optionalUrl(optional("url", "How people reach the console, when it is not http://LISTEN"))
                .orElse(URI.create("http://" + listen));
        Duration session = in.duration(withDefault("session", "12h", "A log-in lasts so long without a request")
                .between("5m", "7d"));
        return new ConsoleSettings(listen, url, session);
    }

    public boolean secure() {
        return "https".equals(url.getScheme());
    }
}
