package de.doppelboden.console;

import static de.doppelboden.identity.Role.AUDITOR;
import static de.doppelboden.identity.Role.CLERK;
import static de.doppelboden.identity.Role.OPERATOR;
import static de.doppelboden.identity.Role.REGISTRAR;

import de.doppelboden.identity.IdentitySignature;
import de.doppelboden.identity.Sessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who gets to which page: two chains, one for what the gateway hands over, one for the console itself. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** No inline script, no inline style, nothing from elsewhere; images may be data because KERN's icons are. */
    /** Twice as many as the database has connections for. */
    private static final int PAGES_AT_ONCE = 16;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Spring would invent a user with a password in the log. */
    @Bean
    UserDetailsService noUsersOfSpring() {
        return name -> {
            throw new UsernameNotFoundException("people are kept by identity");
        };
    }

    /** The standby's pages: only through the gateway, which says who it is. */
    @Bean
    @Order(1)
    SecurityFilterChain standby(HttpSecurity http, IdentitySignature signature, BoundCsrfTokens csrf) throws Exception {
        http.securityMatcher("/notbetrieb", "/notbetrieb/**")
                .addFilterBefore(new GatewayIdentityFilter(signature), CsrfFilter.class)
                // Last: strangers take no place. The gateway has read what a slow user sends before it asks us.
                .addFilterAfter(new PlacesFilter(PAGES_AT_ONCE, LONGEST_WAIT), AuthorizationFilter.class)
                // The first only shows a form that the gateway took over; the second is for programs, without cookies.
                .csrf(c -> c.ignoringRequestMatchers("/notbetrieb/uebernahme", "/notbetrieb/personen/**")
                        .ignoringRequestMatchers(SecurityConfiguration::takenOverLogIn))
                .authorizeHttpRequests(r -> r.requestMatchers("/notbetrieb/assets/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated());
        return common(http, csrf);
    }

    /** The primary's own log-in form, which has no token of ours; only the gateway can say so, no browser. */
    private static boolean takenOverLogIn(HttpServletRequest request) {
        return request.getRequestURI().equals("/notbetrieb/anmeldung")
                && request.getHeader("Doppelboden-Cause") != null;
    }

    /** The console: people by their session, programs by the operator's token. */
    @Bean
    @Order(2)
    SecurityFilterChain console(
            HttpSecurity http, ControlSettings settings, Sessions sessions, SessionCookie cookie, BoundCsrfTokens csrf)
            throws Exception {
        http.securityMatcher("/**")
                .addFilterBefore(new SessionFilter(sessions, cookie), CsrfFilter.class)
                .addFilterBefore(
                        new OperatorTokenFilter(settings.data().resolve("keys/operator.token")), CsrfFilter.class)
                .csrf(c -> c.ignoringRequestMatchers(OperatorTokenFilter::bearer))
                .authorizeHttpRequests(SecurityConfiguration::rights)
                .exceptionHandling(e -> e.authenticationEntryPoint(SecurityConfiguration::askToLogIn));
        return common(http, csrf);
    }

    /** Who may do what, in one place; offices are told apart by the pages. */
    private static void rights(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry r) {
        String[] readsAll = {OPERATOR.name(), AUDITOR.name()};
        String[] decides = {OPERATOR.name(), CLERK.name(), REGISTRAR.name()};
        String[] seesWork = {OPERATOR.name(), CLERK.name(), REGISTRAR.name(), AUDITOR.name()};
        r.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
        r.requestMatchers("/anmeldung", "/assets/**", "/livez", "/api/openapi.json")
                .permitAll();
        r.requestMatchers("/personen", "/personen/**").hasRole(OPERATOR.name());
        r.requestMatchers("/protokoll/**").hasAnyRole(readsAll);
        r.requestMatchers(HttpMethod.GET, "/api/evidence/**", "/api/journal/**").hasAnyRole(readsAll);
        r.requestMatchers(HttpMethod.GET, "/arbeitsliste/**", "/api/worklist/**")
                .hasAnyRole(seesWork);
        r.requestMatchers("/arbeitsliste/**", "/api/worklist/**").hasAnyRole(decides);
        r.requestMatchers("/dienste/*/was-waere-wenn").hasAnyRole(readsAll);
        r.requestMatchers(HttpMethod.POST, "/dienste/**", "/api/services/**").hasRole(OPERATOR.name());
        r.requestMatchers("/", "/dienste/**", "/api/services/**", "/kennwort", "/abmeldung")
                .authenticated();
        r.anyRequest().authenticated();
    }

    private static void askToLogIn(HttpServletRequest request, HttpServletResponse response, Exception why)
            throws IOException {
        String path = request.getRequestURI();
        if (path.startsWith("/api/")) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        if (request.getHeader(SessionFilter.BY_ITSELF) != null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("HX-Refresh", "true");
            return;
        }
        boolean wanted = request.getMethod().equals("GET") && !path.equals("/");
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(
                HttpHeaders.LOCATION,
                wanted ? "/anmeldung?ziel=" + URLEncoder.encode(path, StandardCharsets.UTF_8) : "/anmeldung");
    }

    private static SecurityFilterChain common(HttpSecurity http, BoundCsrfTokens csrf) throws Exception {
        http.csrf(c -> c.csrfTokenRepository(csrf).csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(c -> c.disable())
                .anonymous(a -> a.principal("anonymous"))
                .logout(l -> l.disable())
                .httpBasic(b -> b.disable())
                .formLogin(f -> f.disable())
                .headers(h -> h.contentSecurityPolicy(p -> p.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(p -> p.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                p -> p.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
                        .httpStrictTransportSecurity(s -> s.includeSubDomains(false)) // for what came by TLS
                        .cacheControl(c -> c.disable()));
        return http.build();
    }
}
