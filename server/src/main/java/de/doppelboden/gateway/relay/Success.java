package de.doppelboden.gateway.relay;

import de.doppelboden.configuration.SuccessSettings;
import de.doppelboden.gateway.http.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What an operation calls a success. Unless it names statuses, a refusal of what the user asked (4xx) is the side doing its work; a
 * side that lies (200 with an error page, or leading everybody to the log-in) is found by a field or by text.
 */
public record Success(SuccessSettings settings) {

    private static final int LOOKED_AT = 64 * 1024;

    /** Reads ahead in the answer as far as it must. */
    public boolean of(Call.Responded answer) throws IOException {
        int status = answer.head().status();
        if (settings.status().isEmpty() ? failure(status) : !settings.status().contains(status)) {
            return false;
        }
        return status >= 400
                || headerFits(answer) && (status != 200 || answer.bodiless() || !looksAtText() || textFits(answer));
    }

    private static boolean failure(int status) {
        return status >= 500 || status == 408 || status == 429;
    }

    public boolean looksAtText() {
        return settings.text().isPresent() || settings.textNot().isPresent();
    }

    private boolean headerFits(Call.Responded answer) {
        return settings.header()
                        .map(field -> field.in(answer.head().headers()::all))
                        .orElse(true)
                && settings.headerNot()
                        .map(field -> !field.in(answer.head().headers()::all))
                        .orElse(true);
    }

    private boolean textFits(Call.Responded answer) throws IOException {
        String page = new String(answer.readAhead(LOOKED_AT), StandardCharsets.UTF_8);
        return settings.text().map(page::contains).orElse(true)
                && settings.textNot().map(text -> !page.contains(text)).orElse(true);
    }
}
