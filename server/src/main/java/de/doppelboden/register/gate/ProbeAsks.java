package de.doppelboden.register.gate;

import de.doppelboden.configuration.ProbeSettings;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.Cookies;
import de.doppelboden.gateway.http.Reply.Field;
import de.doppelboden.gateway.http.SidePool;
import de.doppelboden.gateway.http.SideRequest;
import de.doppelboden.gateway.probe.Ask;
import de.doppelboden.gateway.relay.Check;
import de.doppelboden.register.RegisterOperations;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the probe of the register asks: the log-in page, a known person by interface and by pages, on both sides, and the
 * standby's certificate and forms, which nobody else asks for until the day they are needed.
 */
final class ProbeAsks {

    private static final Logger log = LoggerFactory.getLogger(ProbeAsks.class);
    private static final int LOOKED_AT = 64 * 1024;

    private final Parts parts;
    private final ProbeSettings settings;
    private final Optional<String> password;
    private final SidePool primary;
    private final SidePool standby;
    private volatile @Nullable String cookie;

    /** @param primary and {@code standby}: connections with the probe's own time limits */
    ProbeAsks(Parts parts, ProbeSettings settings, Optional<String> password, SidePool primary, SidePool standby) {
        this.parts = parts;
        this.settings = settings;
        this.password = password;
        this.primary = primary;
        this.standby = standby;
    }

    List<Ask> all() {
        var asks = new ArrayList<Ask>();
        String logIn = parts.logIn().settings().path();
        asks.add(primary(RegisterOperations.LOGIN_FORM, () -> SideRequest.get(logIn, List.of()), this::showsTheLogIn));
        asks.add(standby(RegisterOperations.LOGIN_FORM, OurPages.LOG_IN, ProbeAsks::answers));
        if (settings.search().isPresent()) {
            var query = FormFields.parse(settings.search().get());
            searches(asks, query);
        }
        settings.key().ifPresent(key -> views(asks, key));
        return asks;
    }

    private void searches(List<Ask> asks, Map<String, String> query) {
        String ours = OurPages.of(RegisterOperations.SEARCH, "", query);
        asks.add(standby(RegisterOperations.SEARCH, ours, this::finds));
        parts.search().ifPresent(search -> {
            var request = search.search(
                    FormFields.parse(ours.substring(ours.indexOf('?') + 1)),
                    settings.user().orElse(""));
            asks.add(primary(RegisterOperations.API_SEARCH, () -> request, this::finds));
            asks.add(new Ask(
                    operation(RegisterOperations.API_SEARCH),
                    Side.STANDBY,
                    standby,
                    () -> vouched(request.at("POST", OurPages.BASE + request.target())),
                    this::finds,
                    Ask.Turn.EACH_ROUND));
        });
        String theirs = parts.table().page(RegisterOperations.SEARCH, "");
        if (theirs != null && password.isPresent()) {
            asks.add(primary(
                    RegisterOperations.SEARCH,
                    () -> asClerk(theirs + "?" + settings.search().orElse("")),
                    findsAsUsersDo(RegisterOperations.SEARCH)));
        }
    }

    private void views(List<Ask> asks, String key) {
        asks.add(standby(RegisterOperations.VIEW, OurPages.of(RegisterOperations.VIEW, key, Map.of()), this::finds));
        String theirs = parts.table().page(RegisterOperations.VIEW, key);
        if (theirs != null && password.isPresent()) {
            asks.add(primary(RegisterOperations.VIEW, () -> asClerk(theirs), findsAsUsersDo(RegisterOperations.VIEW)));
        }
        asks.add(standbysForm(RegisterOperations.MOVE, key));
        asks.add(standbysForm(RegisterOperations.IMMIGRATE, key));
        asks.add(standby(
                RegisterOperations.CERTIFICATE,
                OurPages.of(RegisterOperations.CERTIFICATE, key, Map.of()),
                ProbeAsks::answers,
                Ask.Turn.ONE_A_ROUND));
    }

    /** An empty form is a page to look at; only sending it is the act. */
    private Ask standbysForm(String act, String key) {
        String target = OurPages.of(act, key, Map.of());
        return standby(RegisterOperations.VIEW, target, ProbeAsks::answers, Ask.Turn.ONE_A_ROUND);
    }

    private Ask primary(String operation, Supplier<SideRequest> request, Check check) {
        return new Ask(operation(operation), Side.PRIMARY, primary, request, check, Ask.Turn.EACH_ROUND);
    }

    private Ask standby(String operation, String target, Check check) {
        return standby(operation, target, check, Ask.Turn.EACH_ROUND);
    }

    private Ask standby(String operation, String target, Check check, Ask.Turn turn) {
        return new Ask(
                operation(operation),
                Side.STANDBY,
                standby,
                () -> vouched(SideRequest.get(target, List.of(new Field("Accept", "text/html")))),
                check,
                turn);
    }

    private Operation operation(String name) {
        return parts.cycle().service().operation(name);
    }

    private SideRequest vouched(SideRequest request) {
        String login = settings.user().orElse("");
        var clerk = parts.clerks().find(login).orElseGet(() -> Clerk.unknown(login.isEmpty() ? "probe" : login));
        var session = new ClerkSession("probe", clerk, parts.time().wall());
        return parts.voucher().vouch(request, Optional.of(session), "");
    }

    private boolean showsTheLogIn(Call.Responded answer) throws IOException {
        String page = new String(answer.readAhead(LOOKED_AT), StandardCharsets.UTF_8);
        return answer.head().status() == 200
                && page.contains(parts.logIn().settings().userField());
    }

    private static boolean answers(Call.Responded answer) {
        return answer.head().status() == 200;
    }

    /** By the same predicate as users' answers as well: a probe that takes a lie for an answer speaks for who tells it. */
    private Check findsAsUsersDo(String operation) {
        var success = parts.table().successOfPage(operation);
        return answer -> finds(answer) && (success == null || success.of(answer));
    }

    /** The known person is in the answer. A page that sends to the log-in says that the probe's session is over. */
    private boolean finds(Call.Responded answer) throws IOException {
        int status = answer.head().status();
        if (status >= 300 && status < 400) {
            cookie = null;
        }
        String page = new String(answer.readAhead(LOOKED_AT), StandardCharsets.UTF_8);
        return status == 200 && settings.text().map(page::contains).orElse(true);
    }

    private SideRequest asClerk(String target) {
        var session = cookie == null ? logIn() : cookie;
        cookie = session;
        var fields = new ArrayList<>(List.of(new Field("Accept", "text/html")));
        if (session != null) {
            fields.add(new Field("Cookie", parts.logIn().settings().sessionCookie() + "=" + session));
        }
        return SideRequest.get(target, fields);
    }

    /** The probe's session at the primary; null if it was not let in. */
    private @Nullable String logIn() {
        var form = new LinkedHashMap<String, String>();
        form.put(parts.logIn().settings().userField(), settings.user().orElse(""));
        form.put(parts.logIn().settings().passwordField(), password.orElse(""));
        var body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var request = SideRequest.post(
                parts.logIn().settings().path(),
                List.of(new Field("Content-Type", "application/x-www-form-urlencoded")),
                body.toString().getBytes(StandardCharsets.US_ASCII));
        try (var call = new Call(primary)) {
            if (call.send(request) instanceof Call.Responded answer) {
                answer.readAhead(LOOKED_AT);
                return Cookies.set(
                                answer.head().headers(),
                                parts.logIn().settings().sessionCookie())
                        .orElse(null);
            }
        } catch (IOException broken) {
            log.debug("the probe's log-in broke: {}", broken.getMessage());
        }
        return null;
    }
}
