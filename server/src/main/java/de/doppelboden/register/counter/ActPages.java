package de.doppelboden.register.counter;

import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.register.RegisterOrder;
import java.net.URI;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The forms that change something: change of address, information block, registration from abroad. */
@Controller
final class ActPages {

    private final ActWriter writer;
    private final ActForms forms;
    private final InstantSource clock;

    ActPages(ActWriter writer, ActForms forms, InstantSource clock) {
        this.writer = writer;
        this.forms = forms;
        this.clock = clock;
    }

    @GetMapping("/notbetrieb/person/{om}/umzug")
    ModelAndView move(@PathVariable String om, @AuthenticationPrincipal GatewayIdentity clerk) throws SQLException {
        return forms.fresh(RegisterOrder.Kind.MOVE, om, clerk);
    }

    @PostMapping("/notbetrieb/person/{om}/umzug")
    Object move(
            @PathVariable String om,
            @RequestParam Map<String, String> sent,
            @AuthenticationPrincipal GatewayIdentity clerk)
            throws SQLException {
        return act(RegisterOrder.Kind.MOVE, om, new Form(sent), clerk);
    }

    @GetMapping("/notbetrieb/person/{om}/sperre")
    ModelAndView block(@PathVariable String om, @AuthenticationPrincipal GatewayIdentity clerk) throws SQLException {
        return forms.fresh(RegisterOrder.Kind.BLOCK, om, clerk);
    }

    @PostMapping("/notbetrieb/person/{om}/sperre")
    Object block(
            @PathVariable String om,
            @RequestParam Map<String, String> sent,
            @AuthenticationPrincipal GatewayIdentity clerk)
            throws SQLException {
        return act(RegisterOrder.Kind.BLOCK, om, new Form(sent), clerk);
    }

    @GetMapping("/notbetrieb/zuzug")
    ModelAndView arrival(@AuthenticationPrincipal GatewayIdentity clerk) throws SQLException {
        return forms.fresh(RegisterOrder.Kind.IMMIGRATE, "", clerk);
    }

    @PostMapping("/notbetrieb/zuzug")
    Object arrival(@RequestParam Map<String, String> sent, @AuthenticationPrincipal GatewayIdentity clerk)
            throws SQLException {
        return act(RegisterOrder.Kind.IMMIGRATE, "", new Form(sent), clerk);
    }

    /** Takes what was entered, or shows the form again with what is wrong. */
    Object act(RegisterOrder.Kind kind, String om, Form form, GatewayIdentity clerk) throws SQLException {
        var vorgang = uuid(form.value("vorgang"));
        if (vorgang.isEmpty()) {
            return ResponseEntity.badRequest().build();
        }
        var order = forms.read(kind, om, form, clerk, clock.instant());
        if (!form.valid()) {
            return forms.again(kind, om, form, clerk, Notice.NONE, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return switch (writer.write(new Act(vorgang.get(), order), clerk)) {
            case Written.Done done -> receipt(vorgang.get());
            case Written.NotThere notThere -> PersonPages.notThere();
            case Written.Changed changed -> forms.again(kind, om, form, clerk, Notice.CHANGED, HttpStatus.CONFLICT);
            case Written.Fenced fenced -> forms.back(order, form, HttpStatus.CONFLICT);
            case Written.Unavailable away ->
                forms.again(kind, om, form, clerk, Notice.NOT_NOW, HttpStatus.SERVICE_UNAVAILABLE);
        };
    }

    static ResponseEntity<Void> receipt(UUID vorgang) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/notbetrieb/beleg/" + vorgang))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** A form's key in its one written form; anything else is no key. */
    static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
