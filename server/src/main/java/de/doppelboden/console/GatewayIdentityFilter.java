package de.doppelboden.console;

import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.identity.IdentitySignature;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the gateway's word for who it is. A request without a fresh signature stays anonymous and is refused by the
 * rules of the chain. The principal is the {@link GatewayIdentity}, also before log-in.
 */
final class GatewayIdentityFilter extends OncePerRequestFilter {

    private final IdentitySignature signature;

    GatewayIdentityFilter(IdentitySignature signature) {
        this.signature = signature;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(GatewayIdentity.HEADER);
        if (header != null) {
            signature.verify(header).ifPresent(identity -> accept(request, identity));
        }
        chain.doFilter(request, response);
    }

    private static void accept(HttpServletRequest request, GatewayIdentity identity) {
        String[] authorities = identity.roles().stream()
                .map(role -> "ROLE_" + role.toUpperCase(Locale.ROOT))
                .toArray(String[]::new);
        var authentication =
                new PreAuthenticatedAuthenticationToken(identity, "", AuthorityUtils.createAuthorityList(authorities));
        Caller.accept(request, authentication);
    }
}
