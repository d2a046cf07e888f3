package de.doppelboden.webapp.gate;

import de.doppelboden.configuration.WebAppSettings;
import de.doppelboden.configuration.WebAppSettings.State;
import de.doppelboden.continuity.Side;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.Cookies;
import de.doppelboden.gateway.http.Exchange;
import de.doppelboden.gateway.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whose request it is, as far as the application's session cookie tells. Where the sides do not know each other's sessions, one that
 * was begun at the standby stays there until it ends, and no request of a session is asked of both. Our own cookie that says so is not
 * signed: whoever makes one up chooses the side for her own session only, and only one that is well; by TLS its name keeps other hosts
 * from setting it (RFC 6265bis section 4.1.3.2). Any thread.
 */
final class Sessions {

    private static final String AT_STANDBY = "standby";

    private final WebAppSettings settings;
    private final String cookie;
    private final AtomicLong number = new AtomicLong();

    /** @param service its id; our own cookie is named by it */
    Sessions(WebAppSettings settings, String service) {
        this.settings = settings;
        this.cookie = "doppelboden-" + service;
    }

    Session of(Exchange exchange) {
        var headers = exchange.request().headers();
        var known = settings.sessionCookie().flatMap(theirs -> Cookies.sent(headers, theirs));
        String name = name(exchange);
        var own = sticky() ? Cookies.sent(headers, name) : Optional.<String>empty();
        return new Session(
                known.orElseGet(() -> alone(exchange)),
                known.isPresent() && own.filter(AT_STANDBY::equals).isPresent(),
                known.isPresent() && !settings.sharedSessions(),
                sticky() ? Cookies.without(headers, name) : Optional.empty());
    }

    private String name(Exchange exchange) {
        return exchange.secure() ? "__Host-" + cookie : cookie;
    }

    /** Without a session, where both sides write one store, each request may go by itself. */
    private String alone(Exchange exchange) {
        return settings.state() == State.SHARED
                ? Long.toString(number.incrementAndGet())
                : exchange.user().getHostAddress();
    }

    /** On a standby with data of its own nobody stays longer than she must: nothing can be written there. */
    private boolean sticky() {
        return !settings.sharedSessions() && settings.state() == State.SHARED;
    }

    /** What is to be remembered at the user's when this side has begun a session. */
    List<Reply.Field> begun(Exchange exchange, Side side, Call.Responded answer) {
        if (!sticky()
                || settings.sessionCookie()
                        .flatMap(theirs -> Cookies.set(answer.head().headers(), theirs))
                        .isEmpty()) {
            return List.of();
        }
        String name = name(exchange);
        String attributes = "; Path=/; HttpOnly; SameSite=Lax" + (exchange.secure() ? "; Secure" : "");
        return List.of(new Reply.Field(
                "Set-Cookie",
                switch (side) {
                    case PRIMARY -> name + "=; Max-Age=0" + attributes;
                    case STANDBY -> name + "=" + AT_STANDBY + attributes;
                }));
    }
}
