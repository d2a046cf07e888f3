package de.doppelboden.register.counter;

import de.doppelboden.identity.GatewayIdentity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Sends whoever is not logged in to the log-in page; the person-search interface has tokens instead. */
@Configuration(proxyBeanMethods = false)
class LoggedIn implements WebMvcConfigurer, HandlerInterceptor {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .addPathPatterns("/notbetrieb", "/notbetrieb/**")
                .excludePathPatterns(
                        "/notbetrieb/anmeldung", "/notbetrieb/abmeldung", "/notbetrieb/assets/**", PersonSearch.PATHS);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null
                && authentication.getPrincipal() instanceof GatewayIdentity identity
                && !identity.anonymous()) {
            return true;
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        var target = request.getMethod().equals("GET") ? "?ziel=" + request.getRequestURI() : "";
        response.setHeader(HttpHeaders.LOCATION, "/notbetrieb/anmeldung" + target);
        return false;
    }
}
