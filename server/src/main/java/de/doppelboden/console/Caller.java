package de.doppelboden.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Who sent a request. Kept with the request, not only in Spring's context, because the page of an error is made after
 * that context is gone.
 */
final class Caller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private Caller() {}

    static void accept(HttpServletRequest request, Authentication authentication) {
        request.setAttribute(ATTRIBUTE, authentication.getPrincipal());
        SecurityContextHolder.setContext(new SecurityContextImpl(authentication));
    }

    /** The caller, if it is a {@code kind}. */
    static <T> Optional<T> of(HttpServletRequest request, Class<T> kind) {
        Object caller = request.getAttribute(ATTRIBUTE);
        return kind.isInstance(caller) ? Optional.of(kind.cast(caller)) : Optional.empty();
    }
}
