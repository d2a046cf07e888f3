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
 * was begun at the standby stays there until it ends, and no request of a session is asked of both. Any thread.
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

    private Optional<String> session(Exchange exchange) {
        return settings.sessionCookie()
                .flatMap(name -> Cookies.sent(exchange.request().headers(), name));
    }

    /** A session stays together; without one, where both sides write one store, each request may go by itself. */
    String slice(Exchange exchange) {
        return session(exchange)
                .orElseGet(() -> settings.state() == State.SHARED
                        ? Long.toString(number.incrementAndGet())
                        : exchange.user().getHostAddress());
    }

    /** Only one side knows the session. */
    boolean bound(Exchange exchange) {
        return !settings.sharedSessions() && session(exchange).isPresent();
    }

    /** The session was begun at the standby and is not known elsewhere. */
    boolean stays(Exchange exchange) {
        return sticky()
                && session(exchange).isPresent()
                && Cookies.sent(exchange.request().headers(), cookie)
                        .filter(AT_STANDBY::equals)
                        .isPresent();
    }

    /** On a standby with data of its own nobody stays longer than she must: nothing can be written there. */
    private boolean sticky() {
        return !settings.sharedSessions() && settings.state() == State.SHARED;
    }

    /** What is to be remembered at the user's when this side has begun a session. */
    List<Reply.Field> begun(Exchange exchange, Side side, Call.Responded answer) {
        if (!sticky()
                || settings.sessionCookie()
                        .flatMap(name -> Cookies.set(answer.head().headers(), name))
                        .isEmpty()) {
            return List.of();
        }
        String attributes = "; Path=/; HttpOnly; SameSite=Lax" + (exchange.secure() ? "; Secure" : "");
        return List.of(new Reply.Field(
                "Set-Cookie",
                switch (side) {
                    case PRIMARY -> cookie + "=; Max-Age=0" + attributes;
                    case STANDBY -> cookie + "=" + AT_STANDBY + attributes;
                }));
    }
}
