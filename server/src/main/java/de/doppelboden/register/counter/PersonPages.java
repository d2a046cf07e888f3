package de.doppelboden.register.counter;

import de.doppelboden.identity.GatewayIdentity;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** A person's sheet, her certificate of residence, and what cannot be done for her here. */
@Controller
final class PersonPages {

    private final CopyReader copy;
    private final Certificate certificate;
    private final InstantSource clock;

    PersonPages(CopyReader copy, Certificate certificate, InstantSource clock) {
        this.copy = copy;
        this.certificate = certificate;
        this.clock = clock;
    }

    @GetMapping("/notbetrieb/person/{om}")
    ModelAndView sheet(@PathVariable String om, @AuthenticationPrincipal GatewayIdentity clerk) throws SQLException {
        return copy.sheet(om, clerk.login())
                .map(sheet -> new ModelAndView("counter/person", Map.of("sheet", sheet)))
                .orElseGet(PersonPages::notThere);
    }

    /** Certificate of residence (BMG section 18). */
    @GetMapping("/notbetrieb/person/{om}/bescheinigung")
    Object certificate(@PathVariable String om, @AuthenticationPrincipal GatewayIdentity clerk)
            throws SQLException, IOException {
        var sheet = copy.sheet(om, clerk.login());
        if (sheet.isEmpty()) {
            return notThere();
        }
        byte[] pdf = certificate.of(sheet.get(), clerk.office(), clock.instant());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename("meldebescheinigung.pdf")
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(pdf);
    }

    /** Acts of civil registry are made in the primary only: a marriage cannot be provisional. */
    @RequestMapping("/notbetrieb/person/{om}/personenstand")
    ModelAndView civil(@PathVariable String om, @AuthenticationPrincipal GatewayIdentity clerk) throws SQLException {
        return copy.sheet(om, clerk.login())
                .map(sheet -> new ModelAndView("counter/civil", Map.of("sheet", sheet), HttpStatus.FORBIDDEN))
                .orElseGet(PersonPages::notThere);
    }

    static ModelAndView notThere() {
        return new ModelAndView("counter/nobody", Map.of(), HttpStatus.NOT_FOUND);
    }
}
