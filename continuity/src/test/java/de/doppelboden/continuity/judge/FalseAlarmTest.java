package de.doppelboden.continuity.judge;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Service;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Measures how often the judge would move users by chance alone: hours of stepped time at 200 requests a second, both sides
 * alike. That one switch in a year does not come in an hour shows nothing, so the threshold is set to allow one every ten
 * seconds, 360 in an hour. {@code -Dhours=N} measures longer.
 */
class FalseAlarmTest {

    private static final double PER_SECOND = 200;
    private static final Duration ALLOWED_EVERY = Duration.ofSeconds(10);
    private static final int HOURS = Integer.getInteger("hours", 1);

    /** What both sides are like. */
    enum Kind {
        /** 0.2 % of all requests fail on either side. */
        ORDINARY(0.002, 0, 0.02),
        /** One in a hundred fails on either side, and answers take longer. */
        ROUGH(0.01, 0, 0.06),
        /** Ten in a hundred of the users' requests are their own errors. */
        ERRING(0.002, 0.1, 0.02);

        private final double failing;
        private final double usersErrors;
        private final double seconds;

        Kind(double failing, double usersErrors, double seconds) {
            this.failing = failing;
            this.usersErrors = usersErrors;
            this.seconds = seconds;
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void chanceMovesUsersAtMostAsOftenAsIsAllowed(Kind kind) {
        var alarms = LongStream.rangeClosed(1, HOURS)
                .parallel()
                .map(seed -> alarmsInAnHour(seed, kind))
                .sum();

        System.out.printf("%s: %d switches by chance in %d h, %d allowed%n", kind, alarms, HOURS, allowed());
        assertThat(alarms).isLessThanOrEqualTo(allowed());
    }

    private static long allowed() {
        return Duration.ofHours(HOURS).dividedBy(ALLOWED_EVERY);
    }

    /** After each switch a new judge begins, which is given a minute to know its sides. */
    private static long alarmsInAnHour(long seed, Kind kind) {
        var alarms = 0;
        for (var minutes = 60; minutes > 0; ) {
            var scene = scene(seed * 1000 + minutes, kind);
            scene.pass(60);
            scene.leftAfter = -1;
            while (minutes > 0 && scene.leftAfter < 0) {
                scene.pass(60);
                minutes--;
            }
            alarms += scene.leftAfter < 0 ? 0 : 1;
        }
        return alarms;
    }

    private static JudgeScene scene(long seed, Kind kind) {
        var usual = JudgeSettings.DEFAULT;
        var base = Service.of("portal", KeyKind.FREE, JudgeScene.portal());
        var scene = new JudgeScene(
                seed,
                PER_SECOND,
                new Service(
                        base.id(),
                        base.keys(),
                        false,
                        base.operations(),
                        base.mode(),
                        new JudgeSettings(ALLOWED_EVERY, usual.span(), usual.fresh(), usual.tick(), usual.history()),
                        base.returning(),
                        base.lease(),
                        base.proof()));
        scene.faultNow();
        scene.userErrors = kind.usersErrors;
        for (var server : scene.servers.values()) {
            server.failing = kind.failing;
            server.meanSeconds = kind.seconds;
            server.slots = 64;
        }
        return scene;
    }
}
