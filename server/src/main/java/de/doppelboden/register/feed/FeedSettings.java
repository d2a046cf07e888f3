package de.doppelboden.register.feed;

import de.doppelboden.configuration.RegisterSettings;
import java.time.Duration;

/**
 * Where the primary's view is and how it is read.
 *
 * @param url JDBC URL of the primary's database; its role may only read the views of schema {@code export}
 * @param interval between two reads of all changes
 * @param blockInterval between two reads of new information blocks
 * @param differenceInterval between two complete differences, which find deletions
 * @param readTimeout how long a read of changes may take before the primary counts as away
 * @param bulkTimeout how long the first load or a difference may wait for the next bytes
 * @param history how long replaced rows are kept to go back in
 */
public record FeedSettings(
        String url,
        String user,
        String password,
        Duration interval,
        Duration blockInterval,
        Duration differenceInterval,
        Duration connectTimeout,
        Duration readTimeout,
        Duration bulkTimeout,
        Duration history) {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration BULK = Duration.ofMinutes(2);

    /** As configured; what waits for many rows at once gets two minutes. */
    static FeedSettings of(RegisterSettings.FeedSettings configured, String password) {
        return new FeedSettings(
                configured.url(),
                configured.user(),
                password,
                configured.interval(),
                configured.blockInterval(),
                configured.differenceInterval(),
                CONNECT,
                configured.timeout(),
                BULK,
                configured.history());
    }

    @Override
    public String toString() {
        return "FeedSettings[" + url + " as " + user + "]";
    }
}
