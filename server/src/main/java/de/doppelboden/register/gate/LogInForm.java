package de.doppelboden.register.gate;

import de.doppelboden.configuration.RegisterSettings.LoginSettings;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.Cookies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The primary's own log-in form: who sends it, and whether the primary has accepted her. */
record LogInForm(LoginSettings settings) {

    private static final int LOOKED_AT = 64 * 1024;

    /** What somebody entered. Its text never shows the password. */
    record Entered(String login, String password) {
        @Override
        public String toString() {
            return "a log-in";
        }
    }

    /** What the primary made of it. */
    enum Verdict {
        ACCEPTED,
        REFUSED,
        /** It did neither: an error of its own. */
        NONE
    }

    boolean sentBy(String method, String path) {
        return method.equals("POST") && path.equals(settings.path());
    }

    boolean logsOut(String path) {
        return settings.logout().filter(path::equals).isPresent();
    }

    Optional<Entered> entered(Map<String, String> form) {
        String login = form.getOrDefault(settings.userField(), "").strip();
        String password = form.getOrDefault(settings.passwordField(), "");
        return login.isEmpty() || password.isEmpty() ? Optional.empty() : Optional.of(new Entered(login, password));
    }

    Verdict verdict(Call.Responded answer) throws IOException {
        int status = answer.head().status();
        if (status >= 500 || status == 408 || status == 429) {
            return Verdict.NONE;
        }
        boolean accepted = settings.status().isEmpty()
                ? status == 302 || status == 303
                : settings.status().contains(status);
        String target = answer.head().headers().first("location").orElse("");
        boolean elsewhere = settings.locationNot().filter(target::contains).isEmpty();
        boolean cookie =
                Cookies.set(answer.head().headers(), settings.sessionCookie()).isPresent();
        if (accepted && elsewhere && cookie && !saysNo(answer)) {
            return Verdict.ACCEPTED;
        }
        boolean refused = status >= 400 || !elsewhere || saysNo(answer);
        return refused ? Verdict.REFUSED : Verdict.NONE;
    }

    private boolean saysNo(Call.Responded answer) throws IOException {
        if (settings.textNot().isEmpty() || answer.head().status() >= 300) {
            return false;
        }
        String page = new String(answer.readAhead(LOOKED_AT), StandardCharsets.UTF_8);
        return page.contains(settings.textNot().get());
    }
}
