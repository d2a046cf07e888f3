package de.doppelboden.register.counter;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.console.Texts;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.register.RegisterOperations;
import de.doppelboden.register.RegisterOrder.Kind;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Forms of the primary that were on their way when users were moved: shown as forms of ours, with what was entered and the
 * same key; the clerk looks at it and sends it. A block is not shown but taken: it is safe to set twice, and somebody may
 * be in danger until it is set.
 */
@Controller
final class TakeOverPages {

    private final ActForms forms;
    private final Receipts receipts;
    private final CounterJournal journal;
    private final PersonPages persons;
    private final ActPages acts;

    TakeOverPages(ActForms forms, Receipts receipts, CounterJournal journal, PersonPages persons, ActPages acts) {
        this.forms = forms;
        this.receipts = receipts;
        this.journal = journal;
        this.persons = persons;
        this.acts = acts;
    }

    @PostMapping("/notbetrieb/uebernahme")
    Object takeOver(
            @RequestParam Map<String, String> sent,
            @RequestHeader("Doppelboden-Operation") String operation,
            @RequestHeader(name = "Doppelboden-Key", defaultValue = "") String key,
            @RequestHeader(name = "Doppelboden-Cause", defaultValue = "switched") String cause,
            @RequestHeader(name = "Doppelboden-Vorgang", required = false) @Nullable String vorgang,
            @RequestHeader(name = "Doppelboden-Stand", required = false) @Nullable String stand,
            @AuthenticationPrincipal GatewayIdentity clerk,
            HttpServletResponse response)
            throws SQLException {
        var fields = new HashMap<>(sent);
        if (vorgang != null && stand != null) { // whatever the primary calls these fields
            fields.put("vorgang", vorgang);
            fields.put("stand", stand);
        }
        var om = key.substring(key.indexOf('/') + 1);
        var shown = taken(operation, om, fields, cause, clerk);
        if (!lost(shown)) {
            response.setHeader("Doppelboden-Taken", "yes");
        }
        return shown;
    }

    /** The page has nothing of what was entered, as when there is no such person for her. */
    private static boolean lost(Object shown) {
        return switch (shown) {
            case ModelAndView page ->
                page.getStatus() != null && page.getStatus().value() == 404;
            case ResponseEntity<?> answer -> answer.getStatusCode().isError();
            default -> false;
        };
    }

    private Object taken(String operation, String om, Map<String, String> sent, String cause, GatewayIdentity clerk)
            throws SQLException {
        if (operation.equals(RegisterOperations.CIVIL)) {
            return persons.civil(om, clerk);
        }
        var kind = Kind.of(operation);
        if (kind.isEmpty()) {
            return CounterPages.first();
        }
        var form = PrimaryForms.ours(kind.get(), sent);
        if (kind.get() == Kind.BLOCK && ActPages.uuid(form.value("vorgang")).isPresent()) {
            return acts.act(kind.get(), om, form, clerk);
        }
        var notice = cause.equals("unanswered") ? Notice.UNANSWERED : Notice.SWITCHED;
        return forms.again(kind.get(), om, form, clerk, notice, HttpStatus.OK);
    }

    /** An act that the primary carried out before users were moved, while its own page about it came too late. */
    @GetMapping("/notbetrieb/ausgefuehrt")
    ModelAndView carried(
            @RequestHeader(name = "Doppelboden-Operation", defaultValue = "") String operation,
            @RequestHeader(name = "Doppelboden-Key", defaultValue = "") String key,
            @RequestHeader(name = "Doppelboden-Carried", defaultValue = "") String at) {
        if (at.isEmpty()) {
            return CounterPages.first();
        }
        String word = Kind.of(operation).map(Kind::word).orElse("vorgang");
        String om = key.substring(key.indexOf('/') + 1);
        return new ModelAndView("counter/carried", Map.of("word", word, "om", om, "at", Instant.parse(at)));
    }

    /** What became of a form that was not answered. */
    @GetMapping("/notbetrieb/offen/{vorgang}")
    Object open(@PathVariable String vorgang, @AuthenticationPrincipal GatewayIdentity clerk) throws SQLException {
        var key = ActPages.uuid(vorgang);
        if (key.isEmpty()) {
            return PersonPages.notThere();
        }
        if (receipts.of(key.get(), clerk).isPresent()) {
            return ActPages.receipt(key.get());
        }
        return journal.find(clerk.service(), key.get().toString())
                .filter(found -> found.office().equals(clerk.office()))
                .map(entry -> new ModelAndView("counter/open", Map.of("entry", entry, "what", what(entry))))
                .orElseGet(() -> new ModelAndView("counter/unknown", Map.of(), HttpStatus.NOT_FOUND));
    }

    /** What has become of it; for some operations in words of their own. */
    private static String what(JournalEntry entry) {
        String state = "counter.open." + entry.state();
        String own = state + "." + entry.operation();
        return t(Texts.has(own) ? own : state);
    }
}
