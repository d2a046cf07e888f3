package de.doppelboden.gateway.relay;

import de.doppelboden.configuration.SuccessSettings;
import de.doppelboden.gateway.http.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What an operation calls a success. A refusal of what the user asked (4xx) is the side doing its work; a side that lies
 * (200 with an error page) is found by text.
 */
public record Success(SuccessSettings settings) {

    private static final int LOOKED_AT = 64 * 1024;

    /** Reads ahead in the answer as far as it must. */
    public boolean of(Call.Responded answer) throws IOException {
        int status = answer.head().status();
        if (status >= 500 || status == 408 || status == 429) {
            return false;
        }
        if (status >= 400) {
            return true;
        }
        if (!settings.status().isEmpty() && !settings.status().contains(status)) {
            return status >= 300 && status < 400 && !looksAtText();
        }
        return status >= 300 || !looksAtText() || textFits(answer);
    }

    public boolean looksAtText() {
        return settings.text().isPresent() || settings.textNot().isPresent();
    }

    private boolean textFits(Call.Responded answer) throws IOException {
        String page = new String(answer.readAhead(LOOKED_AT), StandardCharsets.UTF_8);
        return settings.text().map(page::contains).orElse(true)
                && settings.textNot().map(text -> !page.contains(text)).orElse(true);
    }
}
