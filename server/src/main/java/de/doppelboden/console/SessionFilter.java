package de.doppelboden.console;

import de.doppelboden.identity.Role;
import de.doppelboden.identity.Session;
import de.doppelboden.identity.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the session from its cookie and prolongs it while it is used. Who was given her password by somebody else gets
 * to no page but the one where she chooses her own. The principal is the {@link Session}.
 */
final class SessionFilter extends OncePerRequestFilter {

    /** Sent by htmx: a page that renews itself is not somebody at work. */
    static final String BY_ITSELF = "HX-Request";

    private final Sessions sessions;
    private final SessionCookie cookie;

    SessionFilter(Sessions sessions, SessionCookie cookie) {
        this.sessions = sessions;
        this.cookie = cookie;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var session = cookie.value(request).flatMap(sessions::session);
        if (session.isPresent()) {
            accept(request, session.get());
            if (request.getHeader(BY_ITSELF) == null) {
                sessions.prolonged(session.get())
                        .map(sessions::token)
                        .ifPresent(token -> response.addHeader(HttpHeaders.SET_COOKIE, cookie.keep(token)));
            }
            if (session.get().mustChange() && !allowedBeforeChange(request.getRequestURI())) {
                response.setStatus(HttpServletResponse.SC_SEE_OTHER);
                response.setHeader(HttpHeaders.LOCATION, "/kennwort");
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean allowedBeforeChange(String path) {
        return path.equals("/kennwort") || path.equals("/abmeldung") || path.startsWith("/assets/");
    }

    private static void accept(HttpServletRequest request, Session session) {
        String[] authorities = session.roles().stream().map(Role::authority).toArray(String[]::new);
        Caller.accept(
                request,
                new PreAuthenticatedAuthenticationToken(session, "", AuthorityUtils.createAuthorityList(authorities)));
    }
}
