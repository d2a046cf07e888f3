package de.doppelboden.console;

import de.doppelboden.identity.FormTokens;
import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.identity.Session;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.stereotype.Component;

/**
 * Tokens against forged forms that need no memory: each is signed over the session that it was made for. Before log-in
 * a cookie of its own stands for the session.
 */
@Component
final class BoundCsrfTokens implements CsrfTokenRepository {

    private static final String BEFORE_LOG_IN = "doppelboden-vor";
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f-]{36}");
    private static final Duration FORM_LIFE = Duration.ofHours(12);

    private final FormTokens tokens;
    private final boolean secure;

    BoundCsrfTokens(FormTokens tokens, ControlSettings settings) {
        this.tokens = tokens;
        this.secure = settings.secureCookies();
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        String session = session(request);
        String bound = session == null ? UUID.randomUUID().toString() : session;
        request.setAttribute(BEFORE_LOG_IN, bound);
        return token(bound);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        Object bound = request.getAttribute(BEFORE_LOG_IN);
        if (token == null || bound == null || bound.equals(session(request))) {
            return;
        }
        ResponseCookie cookie = ResponseCookie.from(BEFORE_LOG_IN, bound.toString())
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .path("/")
                .maxAge(FORM_LIFE)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        String session = session(request);
        return session == null ? null : token(session);
    }

    private CsrfToken token(String session) {
        return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", tokens.tokenFor(session));
    }

    private static @Nullable String session(HttpServletRequest request) {
        var identity = Caller.of(request, GatewayIdentity.class)
                .filter(i -> !i.session().isEmpty());
        if (identity.isPresent()) {
            return identity.get().session();
        }
        var logIn = Caller.of(request, Session.class);
        if (logIn.isPresent()) {
            return logIn.get().id();
        }
        Cookie[] cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(BEFORE_LOG_IN)
                    && UUID_FORM.matcher(cookie.getValue()).matches()) {
                return cookie.getValue();
            }
        }
        return null;
    }
}
