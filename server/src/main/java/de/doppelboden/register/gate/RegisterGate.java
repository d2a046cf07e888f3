package de.doppelboden.register.gate;

import de.doppelboden.configuration.OperationSettings;
import de.doppelboden.configuration.ProbeSettings;
import de.doppelboden.configuration.RegisterSettings;
import de.doppelboden.configuration.SuccessSettings;
import de.doppelboden.continuity.Time;
import de.doppelboden.cycle.ServiceCycle;
import de.doppelboden.cycle.Stores;
import de.doppelboden.database.Database;
import de.doppelboden.gateway.Refusals;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.Cookies;
import de.doppelboden.gateway.http.Exchange;
import de.doppelboden.gateway.http.Handler;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;
import de.doppelboden.gateway.http.SidePool;
import de.doppelboden.gateway.http.SideRequest;
import de.doppelboden.gateway.http.Tunnel;
import de.doppelboden.gateway.probe.Ask;
import de.doppelboden.gateway.relay.Hedges;
import de.doppelboden.gateway.relay.Success;
import de.doppelboden.gateway.relay.Waiting;
import de.doppelboden.gateway.wire.Deadlines;
import de.doppelboden.identity.Identity;
import de.doppelboden.register.RegisterOperations;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clerks' address: finds out what is asked and by whom, and has it answered by the side that serves. Any thread. */
public final class RegisterGate implements Handler, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RegisterGate.class);
    private static final int MOVES = 4;

    private final Parts parts;
    private final ToPrimary primary;
    private final ToStandby standby;
    private final Ways ways;
    private final OurDoor ourDoor;

    /**
     * What a gate is made from.
     *
     * @param primary connections to the primary
     * @param standby connections to the control process
     * @param stateFolder for the file with sessions
     */
    public record Ingredients(
            RegisterSettings register,
            Optional<SearchInterface> search,
            ServiceCycle cycle,
            Stores stores,
            SidePool primary,
            SidePool standby,
            Database database,
            Identity identity,
            Deadlines deadlines,
            Path stateFolder,
            Time time) {}

    public RegisterGate(Ingredients from) {
        var cycle = from.cycle();
        this.ways = new Ways(cycle, from.time());
        this.parts = new Parts(
                cycle,
                from.time(),
                from.primary(),
                from.standby(),
                new OperationTable(from.register().operations(), cycle.service()),
                new LogInForm(from.register().login()),
                from.search(),
                new ClerkSessions(
                        from.stateFolder().resolve(cycle.service().id() + "-sessions.json"),
                        from.time()::wall,
                        new SecureRandom()),
                new Clerks(from.database()),
                new Voucher(cycle, from.identity().signature(), from.time()::wall),
                new Suspects(from.stores().journal(), from.identity().formTokens(), from.time()::wall),
                from.identity()
                        .remembered(
                                cycle.service().id(), from.register().login().remember()),
                new Waiting());
        var mirrors = new MirroredSearches(parts);
        this.standby = new ToStandby(parts, mirrors);
        this.primary = new ToPrimary(parts, new Hedges(from.deadlines(), cycle::proven), standby, ways);
        this.ourDoor = new OurDoor(parts, ways, standby, mirrors);
        cycle.onMove(parts.waiting()::look);
    }

    /** Brings memory, files and database together; called every few seconds, blocks. */
    public void refresh() {
        parts.sessions().keep();
        parts.clerks().refresh();
        try {
            parts.remembered().refresh();
        } catch (SQLException away) {
            log.debug("remembered log-ins stay as they are: {}", away.getMessage());
        }
    }

    /** What the probe asks, with connections that have the probe's own time limits. */
    List<Ask> asks(ProbeSettings settings, Optional<String> password, SidePool toPrimary, SidePool toStandby) {
        return new ProbeAsks(parts, settings, password, toPrimary, toStandby).all();
    }

    /** Requests that wait for the primary now. */
    public int waiting() {
        return parts.waiting().count();
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        exchange.hold();
        var session = session(exchange.request());
        String slice = session.map(who -> who.clerk().login()).orElse("");
        if (OurPages.ours(exchange.request().path())) {
            ourDoor.open(exchange, session, slice);
            return;
        }
        var form = form(exchange);
        var found = find(exchange.request(), form);
        if (found.isPresent()) {
            serve(new Task(
                    exchange, found.get(), form, session, slice, parts.time().nanos()));
        } else {
            other(exchange, session, slice);
        }
    }

    private Optional<ClerkSession> session(RequestHead request) {
        return Cookies.sent(request.headers(), parts.logIn().settings().sessionCookie())
                .flatMap(parts.sessions()::find)
                .or(() -> Cookies.sent(request.headers(), ToStandby.COOKIE).flatMap(parts.sessions()::find))
                .filter(who -> !parts.clerks().loaded()
                        || parts.clerks().find(who.clerk().login()).isPresent());
    }

    private static Map<String, String> form(Exchange exchange) {
        var fields = new LinkedHashMap<>(FormFields.parse(exchange.request().query()));
        boolean form = exchange.request()
                .headers()
                .first("content-type")
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        if (form) {
            FormFields.parse(exchange.held()).forEach(fields::putIfAbsent);
        }
        return fields;
    }

    private Optional<OperationTable.Found> find(RequestHead request, Map<String, String> form) {
        var found = parts.table().find(request.method(), request.path(), form);
        if (found.isPresent()) {
            return found;
        }
        if (parts.search().filter(search -> search.covers(request.path())).isPresent()) {
            return Optional.of(implied(RegisterOperations.API_SEARCH, request));
        }
        return parts.logIn().sentBy(request.method(), request.path())
                ? Optional.of(implied(RegisterOperations.LOGIN, request))
                : Optional.empty();
    }

    /** An operation that other settings name. */
    private OperationTable.Found implied(String name, RequestHead request) {
        var settings = new OperationSettings(
                name,
                request.method(),
                request.path(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SuccessSettings.BY_STATUS);
        return new OperationTable.Found(
                parts.cycle().service().operation(name), settings, "", new Success(settings.success()));
    }

    private void serve(Task task) throws IOException {
        for (int moves = 0; moves < MOVES; moves++) {
            switch (ways.awaited(task.operation(), task.key().orElse(null), task.session(), task.slice())) {
                case PRIMARY -> {
                    var end = primary.send(task);
                    if (end == ToPrimary.End.UNANSWERED) {
                        parts.suspects()
                                .note(task, parts.cycle().users().ownership().epoch());
                        standby.takeOver(task, "unanswered");
                    }
                    if (end != ToPrimary.End.MOVED) {
                        return;
                    }
                }
                case STANDBY, FORBIDDEN -> {
                    standby.serve(task, "switched");
                    return;
                }
                case HOLD -> {
                    task.exchange().reply(Gone.held(task.exchange().request()));
                    return;
                }
            }
        }
        task.exchange().reply(Gone.bothSides(task.exchange().request()));
    }

    /** What belongs to no operation: the primary's style sheets, its log-out. The judge is not told. */
    private void other(Exchange exchange, Optional<ClerkSession> session, String slice) throws IOException {
        var request = exchange.request();
        if (parts.logIn().logsOut(request.path())) {
            parts.logOut(request);
        }
        if (ways.standbyServes(slice)) {
            boolean out = parts.logIn().logsOut(request.path());
            exchange.reply(out ? Reply.seeOther(OurPages.LOG_IN) : standby.lead(exchange, session, OurPages.START));
            return;
        }
        try (var call = new Call(parts.primary())) {
            switch (call.send(SideRequest.of(exchange).without("doppelboden-"), exchange)) {
                case Call.Responded answer -> exchange.relay(answer, List.of());
                case Call.Upgraded answer -> Tunnel.run(exchange, call, answer);
                case Call.Unreachable gone -> exchange.reply(Gone.bothSides(request));
                case Call.Broken broken -> exchange.refuse(502, broken.reason());
                case Call.Overdue overdue -> exchange.refuse(504, "the primary did not answer in time");
                case Call.Withdrawn withdrawn -> exchange.reply(Gone.bothSides(request));
            }
        }
    }

    @Override
    public Reply refusal(int status, String detail, @Nullable RequestHead head) {
        return Refusals.of(status, detail, head);
    }

    @Override
    public void close() {
        parts.sessions().keep();
        parts.remembered().close();
    }
}
