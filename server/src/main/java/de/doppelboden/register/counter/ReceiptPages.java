package de.doppelboden.register.counter;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.identity.GatewayIdentity;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Receipts: after an act, and looked up by the number that a citizen brings. */
@Controller
final class ReceiptPages {

    private final Receipts receipts;
    private final ReceiptNumber numbers;

    ReceiptPages(Receipts receipts, ReceiptNumber numbers) {
        this.receipts = receipts;
        this.numbers = numbers;
    }

    @GetMapping("/notbetrieb/beleg/{vorgang}")
    ModelAndView receipt(@PathVariable String vorgang, @AuthenticationPrincipal GatewayIdentity clerk)
            throws SQLException {
        var key = ActPages.uuid(vorgang);
        if (key.isEmpty()) {
            return unknown(t("counter.receipt.unknown"), "");
        }
        return receipts.of(key.get(), clerk).map(this::page).orElseGet(() -> unknown(t("counter.receipt.unknown"), ""));
    }

    @GetMapping("/notbetrieb/beleg")
    ModelAndView lookUp(@RequestParam(defaultValue = "") String nummer, @AuthenticationPrincipal GatewayIdentity clerk)
            throws SQLException {
        if (nummer.isBlank()) {
            return new ModelAndView("counter/noreceipt", Map.of("reason", "", "asked", ""));
        }
        var number = numbers.read(nummer);
        if (number.isEmpty()) {
            return unknown(t("counter.receipt.forged"), nummer);
        }
        return receipts.numbered(number.getAsLong(), clerk)
                .map(this::page)
                .orElseGet(() -> unknown(t("counter.receipt.elsewhere"), nummer));
    }

    private ModelAndView page(Receipt receipt) {
        var number = numbers.of(receipt.number());
        var code = QrCode.of("Notbetrieb Beleg " + number + " " + Shown.time(receipt.received()));
        return new ModelAndView("counter/receipt", Map.of("receipt", receipt, "number", number, "code", code));
    }

    private static ModelAndView unknown(String reason, String asked) {
        return new ModelAndView("counter/noreceipt", Map.of("reason", reason, "asked", asked), HttpStatus.NOT_FOUND);
    }
}
