package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.withDefault;

import java.time.Duration;

/**
 * How users go back to the primary.
 *
 * @param step the least time at each of 5, 25, 60 and 100 % of mirrored reads
 * @param hold the longest time that writes wait while a key changes hands
 * @param patience each return within this time after a relapse takes twice as long, at most {@code longestStep} a step
 */
public record ReturnSettings(Duration step, Duration longestStep, Duration hold, Duration patience) {

    static ReturnSettings read(Section in) {
        return new ReturnSettings(
                in.duration(withDefault("step", "30s", "Least time at 5, 25, 60 and 100 % of mirrored reads")
                        .between("200ms", "1h")),
                in.duration(withDefault("longest-step", "15m", "Most time a step takes after relapses")
                        .between("200ms", "24h")),
                in.duration(withDefault("hold", "2s", "Longest wait of a write while a key changes hands")
                        .between("100ms", "10s")),
                in.duration(withDefault("patience", "1h", "A relapse within this time makes the next return slower")
                        .between("1s", "7d")));
    }
}
