package de.doppelboden.register.gate;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.failover.Way;
import de.doppelboden.cycle.Observation;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.Cookies;
import de.doppelboden.gateway.http.Exchange.Relayed;
import de.doppelboden.gateway.http.SideRequest;
import de.doppelboden.gateway.http.Tunnel;
import de.doppelboden.gateway.relay.Hedges;
import de.doppelboden.gateway.relay.Told;
import de.doppelboden.register.gate.ClerkSession.Carried;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Has a request answered by the primary, as long as users are there. */
final class ToPrimary {

    private static final Duration AT_LEAST = Duration.ofMillis(800);
    private static final long PAUSE_NANOS = 5_000_000;

    private final Parts parts;
    private final Hedges hedges;
    private final ToStandby standby;
    private final Ways ways;

    ToPrimary(Parts parts, Hedges hedges, ToStandby standby, Ways ways) {
        this.parts = parts;
        this.hedges = hedges;
        this.standby = standby;
        this.ways = ways;
    }

    /** How it ended. */
    enum End {
        /** The user has an answer. */
        ANSWERED,
        /** Users were moved, and the primary has certainly not carried it out: ask anew which way it goes. */
        MOVED,
        /** A write that the primary may have carried out, or not. */
        UNANSWERED
    }

    End send(Task task) throws IOException {
        var request = SideRequest.of(task.exchange()).without("doppelboden-");
        if (task.found().success().looksAtText()) {
            request = request.without("accept-encoding");
        }
        var seen = parts.cycle().observe(task.operation(), Side.PRIMARY, Source.USER);
        try (var call = new Call(parts.primary());
                var waiting = parts.waiting().add(() -> moved(task), call::withdraw);
                var hedge = hedge(task, call, seen)) {
            var answer = call.send(request, task.exchange());
            waiting.close();
            return switch (answer) {
                case Call.Responded responded -> responded(task, responded, seen);
                case Call.Upgraded upgraded -> {
                    seen.answered();
                    Tunnel.run(task.exchange(), call, upgraded);
                    yield End.ANSWERED;
                }
                case Call.Withdrawn withdrawn -> withdrawn(task, call, hedge, seen);
                case Call.Unreachable unreachable -> failed(task, false, seen);
                case Call.Broken broken -> failed(task, true, seen);
                case Call.Overdue overdue -> failed(task, true, seen);
            };
        }
    }

    private Hedges.Hedge hedge(Task task, Call call, Observation seen) {
        if (!task.operation().hedgeable() || !admitted(task)) {
            return hedges.none(call);
        }
        return hedges.watch(
                call,
                task.operation().budget(),
                new Hedges.Second(
                        parts.standby(),
                        () -> standby.hedged(task),
                        () -> parts.cycle().pair(seen, task.operation(), Side.STANDBY, Source.HEDGE),
                        answer -> answer.head().status() < 500));
    }

    /** What the primary would refuse must not be had from the standby. */
    private boolean admitted(Task task) {
        var token = task.exchange().request().headers().first("authorization");
        return parts.search().filter(search -> search.admits(token)).isPresent();
    }

    private boolean moved(Task task) {
        var way = ways.now(task);
        return way == Way.STANDBY || way == Way.FORBIDDEN;
    }

    private End responded(Task task, Call.Responded answer, Observation seen) throws IOException {
        boolean good;
        try {
            good = task.found().success().of(answer);
            if (parts.logIn()
                    .sentBy(
                            task.exchange().request().method(),
                            task.exchange().request().path())) {
                logIn(task, answer);
            }
        } catch (IOException broken) {
            return failed(task, true, seen);
        }
        if (good) {
            if (!task.operation().read() && !sessionOver(task, answer)) {
                long epoch = parts.cycle().users().ownership().epoch();
                task.session().ifPresent(who -> {
                    who.wrote(Side.PRIMARY, epoch);
                    carriedOut(task, answer, who);
                });
            }
            if (sessionOver(task, answer)) {
                seen.withdrawn(); // it says nothing about the side
            }
            var relayed = Told.relay(
                    task.exchange(),
                    answer,
                    List.of(),
                    seen,
                    () -> parts.cycle().observe(task.operation(), Side.PRIMARY, Source.USER));
            if (relayed == Relayed.WHOLE && !sessionOver(task, answer)) {
                seen(task, answer);
            }
            return End.ANSWERED;
        }
        seen.failed();
        if (task.operation().read() && movesSoon(task)) {
            return End.MOVED;
        }
        task.exchange().relay(answer, List.of());
        return End.ANSWERED;
    }

    /** Her browser fetches the page that says so next; by then users may have been moved, and nobody would tell her. */
    private void carriedOut(Task task, Call.Responded answer, ClerkSession who) {
        next(task, answer)
                .ifPresent(next -> who.carriedOut(new Carried(
                        task.operation().name(), task.om(), next, parts.time().wall())));
    }

    /** The path that a redirect leads to. */
    private static Optional<String> next(Task task, Call.Responded answer) {
        int status = answer.head().status();
        var location = answer.head().headers().first("location");
        if (status < 300 || status >= 400 || location.isEmpty()) {
            return Optional.empty();
        }
        try {
            var from = URI.create(task.exchange().request().path());
            return Optional.ofNullable(from.resolve(location.get()).getRawPath());
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** A redirect to the log-in form. */
    private boolean sessionOver(Task task, Call.Responded answer) {
        String logIn = parts.logIn().settings().path();
        return answer.head().status() >= 300
                && answer.head().status() < 400
                && answer.head().headers().first("location").orElse("").contains(logIn)
                && !task.exchange().request().path().equals(logIn);
    }

    private static void seen(Task task, Call.Responded answer) {
        if (task.operation().read() && answer.head().status() < 300) {
            String path = task.exchange().request().path();
            task.session().ifPresent(who -> who.sawThePrimary(path));
        }
    }

    private void logIn(Task task, Call.Responded answer) throws IOException {
        var entered = parts.logIn().entered(task.form());
        if (entered.isEmpty()) {
            return;
        }
        String login = entered.get().login();
        switch (parts.logIn().verdict(answer)) {
            case ACCEPTED -> {
                parts.remembered().verified(login, entered.get().password());
                Cookies.sent(task.exchange().request().headers(), ToStandby.COOKIE)
                        .ifPresent(parts.sessions()::end);
                Cookies.set(answer.head().headers(), parts.logIn().settings().sessionCookie())
                        .ifPresent(cookie -> parts.sessions()
                                .begin(cookie, parts.clerks().find(login).orElseGet(() -> Clerk.unknown(login))));
            }
            case REFUSED -> parts.remembered().refused(login, entered.get().password());
            case NONE -> {}
        }
    }

    private End withdrawn(Task task, Call call, Hedges.Hedge hedge, Observation seen) throws IOException {
        seen.withdrawn();
        var hedged = hedge.answer();
        if (hedged.isPresent()) {
            task.exchange().relay(hedged.get().withholding("doppelboden-login"), List.of());
            return End.ANSWERED;
        }
        return task.operation().read() || !call.sent() ? End.MOVED : End.UNANSWERED;
    }

    /**
     * No answer. If users can be moved, the judge needs a moment to see what we have just seen: the request waits for it, at
     * most its budget, because a late answer is better than none.
     */
    private End failed(Task task, boolean mayHaveArrived, Observation seen) throws IOException {
        seen.unanswered();
        boolean moved = movesSoon(task);
        if (mayHaveArrived && !task.operation().read()) {
            return End.UNANSWERED;
        }
        if (moved) {
            return End.MOVED;
        }
        task.exchange().reply(Gone.bothSides(task.exchange().request()));
        return End.ANSWERED;
    }

    private boolean movesSoon(Task task) {
        var cycle = parts.cycle();
        if (cycle.mode() != Mode.AUTOMATIC || !cycle.feed().usable()) {
            return false;
        }
        long patience = Math.max(task.operation().budget().toNanos(), AT_LEAST.toNanos());
        while (parts.time().nanos() - task.begin() < patience) {
            var way = ways.now(task);
            if (way != Way.PRIMARY) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }
}
