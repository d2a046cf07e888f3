package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.identity.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Makes the shell of a page from the request and who sent it. */
@Component
final class ShellFactory {

    private static final String STANDBY = "/notbetrieb";
    private static final String LOG_OUT = "/abmeldung";

    Shell shell(HttpServletRequest request) {
        return Caller.of(request, GatewayIdentity.class)
                .map(identity -> standby(identity, request))
                .or(() -> Caller.of(request, Session.class).map(session -> console(session, request)))
                .orElseGet(() -> new Shell("", t("shell.product"), "", "", "", List.of(), "", csrf(request), LOG_OUT));
    }

    private static Shell console(Session session, HttpServletRequest request) {
        List<Shell.Link> links = new ArrayList<>();
        if (!session.mustChange()) {
            String path = String.valueOf(request.getRequestURI());
            for (Area area : Area.values()) {
                if (area.open(session)) {
                    links.add(new Shell.Link(area.path(), t("area." + area), area.holds(path)));
                }
            }
        }
        return new Shell(
                "",
                t("shell.product"),
                session.login(),
                session.name(),
                session.office(),
                links,
                "",
                csrf(request),
                LOG_OUT);
    }

    private static Shell standby(GatewayIdentity identity, HttpServletRequest request) {
        String page = String.valueOf(request.getRequestURI());
        List<Shell.Link> links = identity.anonymous()
                ? List.of()
                : List.of(
                        link("/suche", "shell.search", page),
                        link("/zuzug", "shell.arrival", page),
                        link("/beleg", "shell.receipt", page));
        return new Shell(
                STANDBY,
                t("shell.counter"),
                identity.login(),
                identity.name(),
                identity.office(),
                links,
                identity.state().equals("NORMAL") ? "" : t("shell.standby", identity.lagText()),
                csrf(request),
                STANDBY + LOG_OUT);
    }

    private static Shell.Link link(String path, String text, String page) {
        return new Shell.Link(STANDBY + path, t(text), page.equals(STANDBY + path));
    }

    private static String csrf(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token.getToken() : "";
    }
}
