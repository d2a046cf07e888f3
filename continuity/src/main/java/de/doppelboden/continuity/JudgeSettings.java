package de.doppelboden.continuity;

import java.time.Duration;

/**
 * How the judge weighs.
 *
 * @param falseSwitchEvery mean time between two switches that chance alone would cause
 * @param span how long requests must have been waiting before slowness speaks; longer than an ordinary pause
 * @param fresh how old an outcome of the other side may be and still stand for "at the same time"
 * @param tick how often the judge is asked to weigh; a gap of several ticks is the gateway's own lag
 * @param history how long it takes a class's own history to forget
 */
public record JudgeSettings(Duration falseSwitchEvery, Duration span, Duration fresh, Duration tick, Duration history) {

    public static final JudgeSettings DEFAULT = new JudgeSettings(
            Duration.ofDays(365),
            Duration.ofMillis(800),
            Duration.ofSeconds(30),
            Duration.ofMillis(50),
            Duration.ofMinutes(30));
}
