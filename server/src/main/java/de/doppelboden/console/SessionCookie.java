package de.doppelboden.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** The cookie with the session's token: no script reads it, no other site sends it along with a form. */
@Component
final class SessionCookie {

    private static final String NAME = "doppelboden-sitzung";

    private final boolean secure;

    SessionCookie(ControlSettings settings) {
        this.secure = settings.secureCookies();
    }

    Optional<String> value(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(NAME) && !cookie.getValue().isEmpty()) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    /** Gone when the browser is closed, and without use after the session's time. */
    String keep(String token) {
        return cookie(token).build().toString();
    }

    String drop() {
        return cookie("").maxAge(Duration.ZERO).build().toString();
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String value) {
        return ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .path("/");
    }
}
