package de.doppelboden.register.counter;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.register.SearchForm;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The counter's first page and the search. */
@Controller
final class CounterPages {

    private static final Hits NONE = new Hits(List.of(), false, false);

    private final CopyReader copy;
    private final InstantSource clock;

    CounterPages(CopyReader copy, InstantSource clock) {
        this.copy = copy;
        this.clock = clock;
    }

    @GetMapping({"/notbetrieb", "/notbetrieb/"})
    ModelAndView start() {
        return first();
    }

    static ModelAndView first() {
        return new ModelAndView("counter/start", Map.of("form", Form.empty()));
    }

    @GetMapping("/notbetrieb/suche")
    ModelAndView search(@RequestParam Map<String, String> sent, @AuthenticationPrincipal GatewayIdentity clerk)
            throws SQLException {
        var form = new Form(sent);
        boolean asked = sent.keySet().stream().anyMatch(Set.of("familienname", "vorname", "geburtsdatum")::contains);
        if (!asked) {
            return page(form, NONE, false, "", HttpStatus.OK);
        }
        var question = Question.of(
                searched(form, "familienname"),
                searched(form, "vorname"),
                form.birthDate("geburtsdatum", Shown.today(clock.instant())));
        if (!form.valid()) {
            return page(form, NONE, false, "", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (!question.precise()) {
            return page(form, NONE, false, t("counter.search.vague"), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return page(form, copy.search(question, clerk.login()), true, "", HttpStatus.OK);
    }

    /** A name to search by: bounded, and of letters that a name can have. */
    private static String searched(Form form, String field) {
        var name = form.value(field).strip();
        if (name.length() > Form.LONGEST) {
            form.refuse(field, t("counter.error.long", Form.LONGEST));
        } else if (!SearchForm.knowsAllLetters(name)) {
            form.refuse(field, t("counter.error.letter"));
        }
        return name;
    }

    private static ModelAndView page(Form form, Hits hits, boolean answered, String vague, HttpStatus status) {
        return new ModelAndView(
                "counter/search", Map.of("form", form, "hits", hits, "answered", answered, "vague", vague), status);
    }
}
