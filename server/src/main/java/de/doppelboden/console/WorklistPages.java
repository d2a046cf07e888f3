package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.identity.Session;
import java.net.URI;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** What a person must decide before it goes back to the primary. */
@Controller
final class WorklistPages {

    private final Work work;

    WorklistPages(Work work) {
        this.work = work;
    }

    @GetMapping("/arbeitsliste")
    ModelAndView list(@RequestParam(defaultValue = "0") long erledigt, @AuthenticationPrincipal Session session)
            throws SQLException {
        Map<String, Object> model = new HashMap<>();
        model.put("items", work.waiting(session));
        model.put("done", erledigt > 0 ? t("work.done", erledigt) : "");
        return new ModelAndView("console/worklist", model);
    }

    @GetMapping("/arbeitsliste/{service}/{number}")
    ModelAndView item(@PathVariable String service, @PathVariable long number, @AuthenticationPrincipal Session session)
            throws SQLException {
        return item(service, number, session, "", "", HttpStatus.OK);
    }

    @PostMapping("/arbeitsliste/{service}/{number}")
    Object decide(
            @PathVariable String service,
            @PathVariable long number,
            @RequestParam(defaultValue = "") String entscheidung,
            @RequestParam(defaultValue = "") String gesehen,
            @RequestParam(defaultValue = "") String grund,
            @AuthenticationPrincipal Session session)
            throws SQLException {
        if (!entscheidung.equals("uebertragen") && !entscheidung.equals("behalten")) {
            return item(service, number, session, grund, t("work.error.choice"), HttpStatus.BAD_REQUEST);
        }
        boolean apply = entscheidung.equals("uebertragen");
        return switch (work.decide(service, number, gesehen, apply, grund, session)) {
            case DONE ->
                ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .location(URI.create("/arbeitsliste?erledigt=" + number))
                        .build();
            case NO_REASON -> item(service, number, session, grund, t("order.error.reason"), HttpStatus.BAD_REQUEST);
            case CHANGED -> item(service, number, session, grund, t("work.error.changed"), HttpStatus.CONFLICT);
            case NOT_HERS -> throw new ResponseStatusException(HttpStatus.FORBIDDEN);
            case UNKNOWN_ENTRY -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
    }

    private ModelAndView item(
            String service, long number, Session session, String reason, String error, HttpStatus status)
            throws SQLException {
        Map<String, Object> model = new HashMap<>();
        model.put(
                "item",
                work.item(service, number, session)
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        model.put("reason", reason);
        model.put("error", error);
        return new ModelAndView("console/work-item", model, status);
    }
}
