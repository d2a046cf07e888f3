package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.identity.Accounts;
import de.doppelboden.identity.Authenticator;
import de.doppelboden.identity.Identity;
import de.doppelboden.identity.LogIn;
import de.doppelboden.identity.Person;
import de.doppelboden.identity.Session;
import de.doppelboden.identity.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Log in, log out, choose a password. */
@Controller
final class LogInPages {

    /** Only pages of ours: a path, never another host. */
    private static final Pattern OWN_PAGE = Pattern.compile("/(?!/)[a-z0-9/._-]{0,200}(\\?[A-Za-z0-9=&%._-]{0,200})?");

    private final Authenticator authenticator;
    private final Accounts accounts;
    private final Sessions sessions;
    private final SessionCookie cookie;

    LogInPages(Identity identity, Sessions sessions, SessionCookie cookie) {
        this.authenticator = identity.authenticator();
        this.accounts = identity.accounts();
        this.sessions = sessions;
        this.cookie = cookie;
    }

    @GetMapping("/anmeldung")
    ModelAndView form(@RequestParam(defaultValue = "/") String ziel) {
        return form("", ziel, "", HttpStatus.OK);
    }

    @PostMapping("/anmeldung")
    Object logIn(
            @RequestParam(defaultValue = "") String kennung,
            @RequestParam(defaultValue = "") String kennwort,
            @RequestParam(defaultValue = "/") String ziel,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (kennung.isBlank() || kennwort.isEmpty()) {
            return form(kennung, ziel, t("login.error.empty"), HttpStatus.BAD_REQUEST);
        }
        return switch (authenticator.logIn(kennung, kennwort, request.getRemoteAddr())) {
            case LogIn.Accepted accepted -> accept(accepted.person(), ziel);
            case LogIn.Refused refused -> form(kennung, ziel, t("login.error.refused"), HttpStatus.UNAUTHORIZED);
            case LogIn.Throttled throttled -> {
                response.setHeader(
                        HttpHeaders.RETRY_AFTER, String.valueOf(throttled.left().toSeconds() + 1));
                String minutes = String.valueOf(throttled.left().toMinutes() + 1);
                yield form(kennung, ziel, t("login.error.throttled", minutes), HttpStatus.TOO_MANY_REQUESTS);
            }
            case LogIn.Unavailable away ->
                form(kennung, ziel, t("login.error.unavailable"), HttpStatus.SERVICE_UNAVAILABLE);
        };
    }

    @PostMapping("/abmeldung")
    ResponseEntity<Void> logOut(@AuthenticationPrincipal Session session) {
        sessions.end(session);
        return seeOther("/anmeldung", cookie.drop());
    }

    @GetMapping("/kennwort")
    ModelAndView passwordForm(@AuthenticationPrincipal Session session) {
        return passwordForm(session, "", HttpStatus.OK);
    }

    @PostMapping("/kennwort")
    Object changePassword(
            @AuthenticationPrincipal Session session,
            @RequestParam(defaultValue = "") String alt,
            @RequestParam(defaultValue = "") String neu,
            @RequestParam(defaultValue = "") String nochmal) {
        if (!neu.equals(nochmal)) {
            return passwordForm(session, t("password.error.differ"), HttpStatus.BAD_REQUEST);
        }
        return switch (accounts.changePassword(session.login(), alt, neu)) {
            case Accounts.Change.Done done -> {
                sessions.endAllOf(session.login());
                yield accept(done.person(), "/");
            }
            case Accounts.Change.Rejected rejected ->
                passwordForm(session, t("password.error." + rejected.field()), HttpStatus.BAD_REQUEST);
            case Accounts.Change.NotNow later ->
                passwordForm(session, t("password.error.later"), HttpStatus.SERVICE_UNAVAILABLE);
        };
    }

    private ResponseEntity<Void> accept(Person person, String target) {
        Session session = sessions.begin(person);
        String next =
                person.mustChange() ? "/kennwort" : OWN_PAGE.matcher(target).matches() ? target : "/";
        return seeOther(next, cookie.keep(sessions.token(session)));
    }

    private static ModelAndView form(String login, String target, String error, HttpStatus status) {
        Map<String, Object> model = new HashMap<>();
        model.put("login", login);
        model.put("target", target);
        model.put("error", error);
        return new ModelAndView("console/login", model, status);
    }

    private static ModelAndView passwordForm(Session session, String error, HttpStatus status) {
        Map<String, Object> model = new HashMap<>();
        model.put("mustChange", session.mustChange());
        model.put("login", session.login());
        model.put("shortest", Accounts.SHORTEST_PASSWORD);
        model.put("error", error);
        return new ModelAndView("console/password", model, status);
    }

    private static ResponseEntity<Void> seeOther(String path, String cookie) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .header(HttpHeaders.SET_COOKIE, cookie)
                .build();
    }
}
