package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.continuity.ownership.StoreUnavailable;
import de.doppelboden.cycle.Proofs;
import de.doppelboden.database.Database;
import de.doppelboden.identity.Role;
import de.doppelboden.identity.Session;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** The page of a service, and the pages on which an operator says why. */
@Controller
final class ServicePages {

    private static final int MOST_PROOFS = 20;

    private final Situation situation;
    private final RecordingReader recordings;
    private final Orders orders;
    private final Database database;
    private final InstantSource clock;

    ServicePages(
            Situation situation, RecordingReader recordings, Orders orders, Database database, InstantSource clock) {
        this.recordings = recordings;
        this.database = database;
        this.situation = situation;
        this.orders = orders;
        this.clock = clock;
    }

    @GetMapping("/dienste/{id}")
    ModelAndView page(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String anhalten,
            @RequestParam(defaultValue = "") String vorgang,
            @AuthenticationPrincipal Session session) {
        Situation.Detail detail = service(id);
        Instant now = clock.instant();
        Map<String, Object> model = new HashMap<>();
        model.put("card", Card.of(detail.service(), now, OrderKind.offered(detail.service(), session)));
        model.put("service", detail.service());
        Day day = situation.day(id);
        model.put("hour", HourPicture.of(recordings.hour(id, vorgang), day.decisions(), vorgang, now));
        model.put("replays", session.is(Role.OPERATOR) || session.is(Role.AUDITOR));
        model.put("here", "/dienste/" + id + (vorgang.isEmpty() ? "" : "?vorgang=" + encoded(vorgang)));
        model.put("day", DayPicture.of(day, now));
        model.put("proofs", proofs(id, now));
        model.put("known", situation.known(id));
        model.put("live", detail.live());
        model.put("asOf", Moments.clock(now));
        model.put("still", !anhalten.isEmpty());
        return new ModelAndView("console/service", model);
    }

    @GetMapping("/dienste/{id}/auftrag/{slug}")
    ModelAndView ask(@PathVariable String id, @PathVariable String slug, @AuthenticationPrincipal Session session) {
        if (!session.is(Role.OPERATOR)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        return form(service(id).service(), kind(slug), "", "", HttpStatus.OK);
    }

    @PostMapping("/dienste/{id}/auftrag/{slug}")
    ModelAndView order(
            @PathVariable String id,
            @PathVariable String slug,
            @RequestParam(defaultValue = "") String grund,
            @RequestParam(defaultValue = "") String betriebsart,
            @RequestParam(defaultValue = "") String seite,
            @AuthenticationPrincipal Session session)
            throws SQLException {
        OrderKind kind = kind(slug);
        ServiceStatus service = service(id).service();
        return switch (orders.give(service.id(), kind, new Orders.Wish(grund, betriebsart, seite), session)) {
            case Orders.Result.Done done -> result(service, kind, done.reason());
            case Orders.Result.Incomplete what ->
                form(service, kind, grund, t("order.error." + what.field()), HttpStatus.BAD_REQUEST);
            case Orders.Result.Refused refused -> {
                ModelAndView page = form(service, kind, grund, t("order.error.refused"), HttpStatus.CONFLICT);
                page.addObject("refusal", refused.reason());
                yield page;
            }
            case Orders.Result.Silent silent ->
                form(service, kind, grund, t("order.error.silent"), HttpStatus.SERVICE_UNAVAILABLE);
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Situation.Detail service(String id) {
        return situation.service(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static OrderKind kind(String slug) {
        return OrderKind.ofSlug(slug).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static ModelAndView form(
            ServiceStatus service, OrderKind kind, String reason, String error, HttpStatus status) {
        Map<String, Object> model = new HashMap<>();
        model.put("service", service);
        model.put("kind", kind);
        model.put("reason", reason);
        model.put("error", error);
        return new ModelAndView("console/order", model, status);
    }

    private static ModelAndView result(ServiceStatus service, OrderKind kind, String reason) {
        Map<String, Object> model = new HashMap<>();
        model.put("service", service);
        model.put("kind", kind);
        model.put("reason", reason);
        return new ModelAndView("console/order-done", model);
    }

    private List<ProofLine> proofs(String service, Instant now) {
        try {
            return new Proofs(database, service)
                    .latest(MOST_PROOFS).stream()
                            .map(p -> new ProofLine(Moments.when(p.at(), now), p.sentence()))
                            .toList();
        } catch (StoreUnavailable e) {
            return List.of();
        }
    }
}
