package de.doppelboden.register.counter;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.console.ControlSettings;
import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.identity.Identity;
import de.doppelboden.identity.IdentitySignature;
import de.doppelboden.identity.RememberedLogins;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Log-in while the primary is gone, for who was known to it lately and is an active clerk of the copy. The answer to a right
 * password carries the clerk, signed, in the header {@value #ACCEPTED}; the gateway takes it off and begins the session.
 */
@Controller
final class CounterLogInPages implements DisposableBean {

    /** The signed {@link GatewayIdentity} of who logged in; never reaches the browser. */
    static final String ACCEPTED = "Doppelboden-Login";

    private static final Pattern OWN_PAGE = Pattern.compile("/notbetrieb/[a-z0-9/-]{0,100}");
    private static final int LONGEST = 200;

    private final Identity identity;
    private final IdentitySignature signature;
    private final ClerkDirectory clerks;
    private final InstantSource clock;
    private final Map<String, Duration> remember;
    private final Map<String, RememberedLogins> remembered = new ConcurrentHashMap<>();

    CounterLogInPages(
            Identity identity,
            IdentitySignature signature,
            ClerkDirectory clerks,
            ControlSettings settings,
            InstantSource clock) {
        this.remember = settings.services().stream()
                .collect(Collectors.toUnmodifiableMap(
                        ControlSettings.KnownService::id, ControlSettings.KnownService::remember));
        this.identity = identity;
        this.signature = signature;
        this.clerks = clerks;
        this.clock = clock;
    }

    @GetMapping("/notbetrieb/anmeldung")
    ModelAndView form(@RequestParam(defaultValue = "") String ziel, @AuthenticationPrincipal GatewayIdentity gateway) {
        return page("", ziel, "", HttpStatus.OK, gateway);
    }

    @PostMapping("/notbetrieb/anmeldung")
    Object logIn(
            @RequestParam(defaultValue = "") String kennung,
            @RequestParam(defaultValue = "") String kennwort,
            @RequestParam(defaultValue = "") String ziel,
            @AuthenticationPrincipal GatewayIdentity gateway,
            HttpServletRequest request)
            throws SQLException {
        if (kennung.isBlank() || kennwort.isEmpty() || kennung.length() > LONGEST || kennwort.length() > LONGEST) {
            return refused(kennung, ziel, gateway);
        }
        return switch (logins(gateway.service()).check(kennung, kennwort, client(request))) {
            case KNOWN ->
                clerks.active(kennung.strip())
                        .<Object>map(clerk -> accepted(clerk, gateway, ziel))
                        .orElseGet(() -> refused(kennung, ziel, gateway));
            case REFUSED -> refused(kennung, ziel, gateway);
            case THROTTLED -> page(kennung, ziel, t("counter.login.throttled"), HttpStatus.TOO_MANY_REQUESTS, gateway);
            case BUSY -> page(kennung, ziel, t("counter.login.busy"), HttpStatus.SERVICE_UNAVAILABLE, gateway);
        };
    }

    @PostMapping("/notbetrieb/abmeldung")
    ResponseEntity<Void> logOut() {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/notbetrieb/anmeldung"))
                .build();
    }

    private ResponseEntity<Void> accepted(ClerkDirectory.Clerk clerk, GatewayIdentity gateway, String target) {
        var who = new GatewayIdentity(
                gateway.service(),
                gateway.epoch(),
                gateway.state(),
                clerk.login(),
                clerk.name(),
                clerk.office(),
                clerk.roles(),
                clerk.rights(),
                gateway.session(),
                gateway.slice(),
                clock.instant(),
                gateway.lagText());
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(OWN_PAGE.matcher(target).matches() ? target : "/notbetrieb/"))
                .header(ACCEPTED, signature.sign(who))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private RememberedLogins logins(String service) throws SQLException {
        var logins = remembered.computeIfAbsent(service, id -> identity.remembered(id, remember(id)));
        logins.refresh();
        return logins;
    }

    private static String client(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("X-Forwarded-For")).orElseGet(request::getRemoteAddr);
    }

    private ModelAndView refused(String login, String target, GatewayIdentity gateway) {
        return page(login, target, t("counter.login.refused", days(gateway)), HttpStatus.UNAUTHORIZED, gateway);
    }

    private Duration remember(String service) {
        var configured = remember.get(service);
        if (configured == null) {
            throw new IllegalStateException("no such service: " + service);
        }
        return configured;
    }

    private long days(GatewayIdentity gateway) {
        return remember(gateway.service()).toDays();
    }

    private ModelAndView page(String login, String target, String error, HttpStatus status, GatewayIdentity gateway) {
        return new ModelAndView(
                "counter/login",
                Map.of("login", login, "target", target, "error", error, "days", days(gateway)),
                status);
    }

    @Override
    public void destroy() {
        List.copyOf(remembered.values()).forEach(RememberedLogins::close);
    }
}
