package de.doppelboden.register.feed;

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

    /** The intervals that keep a changed record under 5 s and a block under 2 s behind. */
    public static FeedSettings of(String url, String user, String password) {
        return new FeedSettings(
                url,
                user,
                password,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                Duration.ofMinutes(2),
                Duration.ofHours(24));
    }

    @Override
    public String toString() {
        return "FeedSettings[" + url + " as " + user + "]";
    }
}
