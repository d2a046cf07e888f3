package de.doppelboden.register.counter;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.register.RegisterOrder;
import de.doppelboden.register.RegisterOrder.Kind;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Makes the forms of acts, reads and checks what they bring, and shows them again with what was entered. */
@Component
final class ActForms {

    static final Set<String> SEXES = Set.of("m", "w", "d", "x");

    private final CopyReader copy;
    private final InstantSource clock;

    ActForms(CopyReader copy, InstantSource clock) {
        this.copy = copy;
        this.clock = clock;
    }

    /** A new form with a key of its own, or nobody. */
    ModelAndView fresh(Kind kind, String om, GatewayIdentity clerk) throws SQLException {
        return again(kind, om, Form.empty(), clerk, Notice.NONE, HttpStatus.OK);
    }

    /** The form with what was entered. Its base is renewed when the clerk is told that the record changed. */
    ModelAndView again(Kind kind, String om, Form form, GatewayIdentity clerk, Notice notice, HttpStatusCode status)
            throws SQLException {
        var model = new HashMap<String, Object>();
        model.put("form", form);
        model.put("notice", notice);
        model.put(
                "vorgang",
                ActPages.uuid(form.value("vorgang")).orElseGet(UUID::randomUUID).toString());
        if (kind == Kind.IMMIGRATE) {
            return new ModelAndView("counter/arrival", model, status);
        }
        var sheet = copy.sheet(om, clerk.login());
        if (sheet.isEmpty()) {
            return PersonPages.notThere();
        }
        boolean keepsBase = form.value("stand").matches("[0-9]{1,18}(\\+[0-9a-f-]{36})?") && notice != Notice.CHANGED;
        model.put("sheet", sheet.get());
        model.put("base", keepsBase ? form.value("stand") : sheet.get().base());
        return new ModelAndView(kind == Kind.MOVE ? "counter/move" : "counter/block", model, status);
    }

    /** The primary serves again: what was entered is not lost, and goes to the primary's own form. */
    ModelAndView back(RegisterOrder order, Form form, HttpStatus status) {
        return new ModelAndView(
                "counter/back",
                Map.of(
                        "order", order,
                        "target", PrimaryForms.target(order),
                        "fields", PrimaryForms.fields(order, form.value("vorgang"))),
                status);
    }

    /** What the form asks for; the form notes what is wrong with it. */
    RegisterOrder read(Kind kind, String om, Form form, GatewayIdentity clerk, Instant now) {
        var fields = new LinkedHashMap<String, String>();
        var today = Shown.today(now);
        switch (kind) {
            case MOVE -> {
                address(form, fields);
                fields.put("einzug", form.day("einzug", today));
            }
            case BLOCK -> fields.put("grund", form.required("grund", Form.LONGEST, Alphabet.REMARK));
            case IMMIGRATE -> {
                fields.put("familienname", form.required("familienname", 120, Alphabet.NAME));
                fields.put("vornamen", form.required("vornamen", 120, Alphabet.NAME));
                fields.put("geburtsname", form.optional("geburtsname", 120, Alphabet.NAME));
                fields.put("geburtsdatum", form.birthDate("geburtsdatum", today));
                fields.put("geschlecht", form.oneOf("geschlecht", SEXES));
                fields.put("staatsangehoerigkeit", form.country("staatsangehoerigkeit"));
                fields.put("zuzugsland", form.country("zuzugsland"));
                address(form, fields);
                fields.put("einzug", form.day("einzug", today));
                if (fields.get("geburtsdatum").isEmpty()) {
                    form.refuse("geburtsdatum", t("counter.error.required"));
                }
            }
        }
        var base = kind == Kind.IMMIGRATE ? "" : form.value("stand");
        return new RegisterOrder(kind, om, base, fields, clerk.login(), clerk.office(), clock.instant());
    }

    private static void address(Form form, Map<String, String> fields) {
        fields.put("strasse", form.required("strasse", 80, Alphabet.ADDRESS));
        fields.put("hausnummer", form.houseNumber("hausnummer"));
        fields.put("zusatz", form.optional("zusatz", 80, Alphabet.ADDRESS));
        fields.put("plz", form.postcode("plz"));
        fields.put("ort", form.required("ort", 80, Alphabet.ADDRESS));
    }
}
