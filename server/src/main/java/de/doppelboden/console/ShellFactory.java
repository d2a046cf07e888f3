package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.identity.GatewayIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Makes the shell of a page from the request and who sent it. */
@Component
final class ShellFactory {

    private static final String STANDBY = "/notbetrieb";

    Shell shell(HttpServletRequest request) {
        return Caller.of(request, GatewayIdentity.class)
                .map(identity -> standby(identity, csrf(request)))
                .orElseGet(() -> new Shell("", "", "", List.of(), "", csrf(request), "/abmeldung"));
    }

    private static Shell standby(GatewayIdentity identity, String csrf) {
        String band = t("shell.standby", identity.lagText());
        List<Shell.Link> links = identity.anonymous()
                ? List.of()
                : List.of(new Shell.Link(STANDBY + "/suche", t("shell.search"), false));
        return new Shell(STANDBY, identity.name(), identity.office(), links, band, csrf, STANDBY + "/abmeldung");
    }

    private static String csrf(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token.getToken() : "";
    }
}
