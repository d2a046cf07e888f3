package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.withDefault;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;

/**
 * Exercises of the standby and what they prove.
 *
 * @param expires a proof is worth nothing after this time
 * @param every an exercise is held so often; {@code at} this time of day
 * @param slice of the real sessions that an exercise moves
 * @param lasts how long it serves them from the standby
 * @param shared parts that both sides depend on; each voids the proof
 */
public record ProofSettings(
        Duration expires, Duration every, LocalTime at, Percent slice, Duration lasts, List<SharedPart> shared) {

    /** What two sides should not have in common. */
    public enum SharedPart {
        STORAGE,
        HYPERVISOR,
        NETWORK,
        DNS,
        RELEASE
    }

    static ProofSettings read(Section in) {
        return new ProofSettings(
                in.duration(withDefault("expires", "30d", "A proof is worth nothing after this time")
                        .between("1m", "365d")),
                in.duration(withDefault("every", "7d", "Between two exercises").between("1m", "365d")),
                in.timeOfDay(withDefault("at", "06:30", "Time of day of an exercise")),
                in.percent(withDefault("slice", "5%", "Share of the sessions that an exercise moves")
                        .between("1%", "100%")),
                in.duration(withDefault("lasts", "2m", "How long an exercise serves them from the standby")
                        .between("1s", "24h")),
                in.values(
                        Key.optional(
                                "shared",
                                "Parts that both sides depend on: storage, hypervisor, network, dns, release; each"
                                        + " voids the proof"),
                        text -> SharedPart.valueOf(text.toUpperCase(Locale.ROOT))));
    }
}
