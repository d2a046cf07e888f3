package de.doppelboden.register.gate;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.cycle.Observation;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.Exchange;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;
import de.doppelboden.gateway.http.SideRequest;
import de.doppelboden.gateway.relay.Told;
import de.doppelboden.register.RegisterOperations;
import de.doppelboden.register.gate.ClerkSession.Carried;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Has a request answered by our own pages, which the control process shows. */
final class ToStandby {

    static final String COOKIE = "DBSITZUNG";
    private static final Duration LATEST = Duration.ofMinutes(2);
    private static final String ADMITTED = "doppelboden-login";
    private static final String TAKEN = "doppelboden-taken";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+._~-]{1,100}");

    private final Parts parts;
    private final MirroredSearches mirrors;

    ToStandby(Parts parts, MirroredSearches mirrors) {
        this.parts = parts;
        this.mirrors = mirrors;
    }

    /** Answers a request at the primary's address. */
    void serve(Task task, String cause) throws IOException {
        var exchange = task.exchange();
        String operation = task.operation().name();
        if (operation.equals(RegisterOperations.API_SEARCH)) {
            searchInterface(task);
        } else if (reads(exchange)) {
            String page = OurPages.of(task.found().settings().operation(), task.om(), task.form());
            exchange.reply(lead(exchange, task.session(), page));
        } else if (operation.equals(RegisterOperations.LOGIN)) {
            logIn(task);
        } else {
            takeOver(task, cause);
        }
    }

    /** To a page of ours; first to the one about an act that the primary carried out before it went and told nobody of. */
    Reply lead(Exchange exchange, Optional<ClerkSession> session, String page) {
        var notBefore = parts.time().wall().minus(LATEST);
        String asked = exchange.request().path();
        boolean untold = session.flatMap(who -> who.untold(asked, notBefore)).isPresent();
        return Reply.seeOther(untold ? OurPages.CARRIED : page);
    }

    private static boolean reads(Exchange exchange) {
        return exchange.request().safe();
    }

    private void searchInterface(Task task) throws IOException {
        var search = parts.search();
        if (search.isEmpty()
                || !search.get().admits(task.exchange().request().headers().first("authorization"))) {
            task.exchange().reply(Gone.unauthorized());
            return;
        }
        hand(task.exchange(), hedged(task), task.operation(), null);
        mirrors.request(SideRequest.of(task.exchange()).without("doppelboden-"), task.slice());
    }

    /** A search of the interface as the standby gets it. */
    SideRequest hedged(Task task) {
        var request = SideRequest.of(task.exchange()).without("doppelboden-").without("cookie");
        return parts.voucher()
                .vouch(request.at(request.method(), OurPages.BASE + request.target()), Optional.empty(), task.slice());
    }

    /** The primary's log-in form was sent: our log-in takes what was entered. */
    private void logIn(Task task) throws IOException {
        var entered = parts.logIn().entered(task.form());
        entered.ifPresent(who -> parts.remembered().hurry(who.login()));
        String body = entered.map(who -> "kennung=" + encoded(who.login()) + "&kennwort=" + encoded(who.password()))
                .orElse("");
        var request = ours(task.exchange(), task.session(), task.slice())
                .at("POST", OurPages.LOG_IN)
                .with("Doppelboden-Cause", "switched")
                .withBody(body.getBytes(StandardCharsets.US_ASCII));
        hand(task.exchange(), request, task.operation(), null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The form that the clerk sent to the primary becomes our form with what she entered and the same key, or its receipt. */
    void takeOver(Task task, String cause) throws IOException {
        if (foreign(task.exchange().request())) {
            task.exchange().refuse(403, "the form was sent by a page of somebody else");
            return;
        }
        var settings = task.found().settings();
        var request = ours(task.exchange(), task.session(), task.slice())
                .at("POST", OurPages.TAKE_OVER)
                .with("Doppelboden-Vorgang", field(task, settings.idempotencyField()))
                .with("Doppelboden-Stand", field(task, settings.baseField()))
                .with("Doppelboden-Operation", task.operation().name())
                .with(
                        "Doppelboden-Key",
                        task.key().map(key -> key.space() + "/" + key.id()).orElse(""))
                .with("Doppelboden-Cause", cause);
        long epoch = parts.cycle().users().ownership().epoch();
        parts.cycle().writeBegins();
        try {
            if (!taken(task, request, epoch)) {
                var sent = task.exchange().request();
                task.exchange().reply(cause.equals("unanswered") ? Gone.outcomeUnknown(sent) : Gone.notTaken(sent));
            }
        } finally {
            parts.cycle().writeEnded();
        }
    }

    /** Our page has taken the form, or shows it with what was entered; any other page would lose it without a word. */
    private boolean taken(Task task, SideRequest request, long epoch) throws IOException {
        try (var call = new Call(parts.standby())) {
            if (call.send(request, task.exchange()) instanceof Call.Responded answer
                    && answer.head().headers().first(TAKEN).isPresent()) {
                journalled(answer, task.session(), epoch);
                relay(task.exchange(), answer, null, null);
                return true;
            }
            return false;
        }
    }

    private static String field(Task task, Optional<String> name) {
        return name.map(task.form()::get).filter(KEY.asMatchPredicate()).orElse("");
    }

    /** Nobody can check the token that the primary's form may carry: then the browser's word counts (Fetch Metadata; RFC 6454). */
    private static boolean foreign(RequestHead request) {
        var site = request.headers().first("sec-fetch-site");
        if (site.isPresent()) {
            return site.get().equals("cross-site");
        }
        String host = request.headers().first("host").orElse("");
        return request.headers()
                .first("origin")
                .filter(origin -> !origin.equals("null"))
                .filter(origin -> !origin.endsWith("://" + host))
                .isPresent();
    }

    /** Our pages give a receipt for what is durable, and for nothing else: its user reads here from now on. */
    void journalled(Call.Responded answer, Optional<ClerkSession> session, long epoch) {
        receipt(answer).ifPresent(idempotencyKey -> {
            session.ifPresent(who -> who.wrote(Side.STANDBY, epoch));
            parts.cycle().acknowledged(idempotencyKey);
        });
    }

    private static Optional<String> receipt(Call.Responded answer) {
        return answer.head().status() != 303
                ? Optional.empty()
                : answer.head()
                        .headers()
                        .first("location")
                        .filter(at -> at.contains(OurPages.RECEIPTS))
                        .map(at -> at.substring(at.indexOf(OurPages.RECEIPTS) + OurPages.RECEIPTS.length()))
                        .map(rest -> rest.split("[/?#]", 2)[0]);
    }

    /** What a user sent to one of our pages, with our word for who she is. */
    SideRequest ours(Exchange exchange, Optional<ClerkSession> session, String slice) {
        var request = SideRequest.of(exchange).without("doppelboden-").without("authorization");
        if (exchange.request().path().equals(OurPages.CARRIED)) {
            request = about(session.flatMap(ClerkSession::told), request);
        }
        return parts.voucher().vouch(request, session.map(this::current), slice);
    }

    private static SideRequest about(Optional<Carried> act, SideRequest request) {
        return act.map(carried -> request.with("Doppelboden-Operation", carried.operation())
                        .with("Doppelboden-Key", carried.om().isEmpty() ? "" : "resident/" + carried.om())
                        .with("Doppelboden-Carried", carried.at().toString()))
                .orElse(request);
    }

    /** With the rights of today, not those of her log-in. */
    private ClerkSession current(ClerkSession session) {
        return parts.clerks()
                .find(session.clerk().login())
                .map(clerk -> new ClerkSession(session.id(), clerk, session.lastUsed()))
                .orElse(session);
    }

    /**
     * Hands a request to the control process and its answer to the user. False, and nothing is answered, if control cannot
     * be asked and the request belongs to no operation.
     *
     * @param operation that the judge is told of; null for none
     * @param onAnswer sees the head of the answer
     */
    boolean hand(
            Exchange exchange,
            SideRequest request,
            @Nullable Operation operation,
            @Nullable Consumer<Call.Responded> onAnswer)
            throws IOException {
        var seen = operation == null ? null : parts.cycle().observe(operation, Side.STANDBY, Source.USER);
        try (var call = new Call(parts.standby())) {
            if (call.send(request, exchange) instanceof Call.Responded answer) {
                if (onAnswer != null) {
                    onAnswer.accept(answer);
                }
                relay(exchange, answer, operation, seen);
                return true;
            }
        }
        if (seen == null) {
            return false;
        }
        seen.unanswered();
        exchange.reply(Gone.bothSides(exchange.request()));
        return true;
    }

    private void relay(
            Exchange exchange, Call.Responded answer, @Nullable Operation operation, @Nullable Observation seen)
            throws IOException {
        var passed = answer.withholding(ADMITTED, TAKEN);
        var cookie = cookie(exchange, answer);
        if (seen == null || operation == null) {
            exchange.relay(passed, cookie);
        } else if (answer.head().status() >= 500) {
            seen.failed();
            exchange.relay(passed, cookie);
        } else {
            Told.relay(
                    exchange, passed, cookie, seen, () -> parts.cycle().observe(operation, Side.STANDBY, Source.USER));
        }
    }

    private static Reply.Field forgotten(String cookie) {
        return new Reply.Field("Set-Cookie", cookie + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }

    /** Control has let somebody in: her session begins, with a cookie of ours. At a log-out the browser forgets both sides'. */
    private List<Reply.Field> cookie(Exchange exchange, Call.Responded answer) {
        if (exchange.request().path().equals(OurPages.LOG_OUT)
                && !exchange.request().safe()) {
            return List.of(forgotten(COOKIE), forgotten(parts.logIn().settings().sessionCookie()));
        }
        return answer.head()
                .headers()
                .first(ADMITTED)
                .flatMap(parts.voucher()::admitted)
                .map(clerk -> {
                    String cookie = parts.sessions().cookie();
                    parts.sessions().begin(cookie, clerk);
                    String secure = exchange.secure() ? "; Secure" : "";
                    return List.of(new Reply.Field(
                            "Set-Cookie", COOKIE + "=" + cookie + "; Path=/; HttpOnly; SameSite=Lax" + secure));
                })
                .orElse(List.of());
    }
}
