package de.doppelboden.console;

import de.doppelboden.identity.Role;
import de.doppelboden.identity.Session;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in by {@code Authorization: Bearer} who can read the operator's token on this machine: programs and the command
 * line. Such a request carries nothing that a browser would add by itself, so it needs no token against forgery.
 */
final class OperatorTokenFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final Path file;

    OperatorTokenFilter(Path file) {
        this.file = file;
    }

    /** Whether the request tries to get in this way. */
    static boolean bearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.startsWith(BEARER);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (bearer(request)
                && right(request.getHeader(HttpHeaders.AUTHORIZATION).substring(BEARER.length()))) {
            Session operator = new Session(
                    "operator-token",
                    "operator-token",
                    "Befehlszeile",
                    "",
                    Set.of(Role.OPERATOR),
                    false,
                    Instant.EPOCH,
                    Instant.MAX);
            Caller.accept(
                    request,
                    new PreAuthenticatedAuthenticationToken(
                            operator, "", AuthorityUtils.createAuthorityList(Role.OPERATOR.authority())));
        }
        chain.doFilter(request, response);
    }

    private boolean right(String given) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        byte[] expected = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        return expected.length >= 16
                && MessageDigest.isEqual(expected, given.strip().getBytes(StandardCharsets.UTF_8));
    }
}
