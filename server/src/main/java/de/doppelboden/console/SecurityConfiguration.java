package de.doppelboden.console;

import de.doppelboden.identity.FormTokens;
import de.doppelboden.identity.IdentitySignature;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who gets to which page: two chains, one for what the gateway hands over, one for the console itself. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** No inline script, no inline style, nothing from elsewhere; images may be data because KERN's icons are. */
    static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    IdentitySignature identitySignature(ControlSettings settings, InstantSource clock) throws IOException {
        return new IdentitySignature(key(settings), clock);
    }

    @Bean
    FormTokens formTokens(ControlSettings settings) throws IOException {
        return new FormTokens(key(settings));
    }

    private static byte[] key(ControlSettings settings) throws IOException {
        return Files.readAllBytes(settings.data().resolve("keys/identity.key"));
    }

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
                .authorizeHttpRequests(r -> r.requestMatchers("/notbetrieb/assets/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated());
        return common(http, csrf);
    }

    @Bean
    @Order(2)
    SecurityFilterChain console(HttpSecurity http, BoundCsrfTokens csrf) throws Exception {
        http.securityMatcher("/**").authorizeHttpRequests(r -> r.anyRequest().permitAll());
        return common(http, csrf);
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
                        .cacheControl(c -> c.disable()));
        return http.build();
    }
}
