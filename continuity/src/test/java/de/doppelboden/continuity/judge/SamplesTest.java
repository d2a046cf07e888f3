package de.doppelboden.continuity.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is found by looking back no further than needed is what looking at every kept sample finds. */
class SamplesTest {

    private static final int KEPT = 128;
    private static final int USED = 16;

    private record Sample(long begun, long ended, Grade grade, Grade beside) {}

    @Test
    void looksAtAllThatCanMatter() {
        for (var seed = 1; seed <= 50; seed++) {
            var random = new Random(seed);
            var samples = new Samples(128);
            var added = new ArrayList<Sample>();
            var now = random.nextLong(); // the clock may pass from the greatest number to the least
            for (var i = 0; i < 400; i++) {
                now += random.nextInt(100);
                var sample =
                        new Sample(now - random.nextInt(500) - 30, now - random.nextInt(30), any(random), any(random));
                samples.add(sample.begun(), sample.ended(), sample.grade(), sample.beside(), false);
                added.add(0, sample);
                var since = now - random.nextInt(10_000);
                check(samples, added.subList(0, Math.min(KEPT, added.size())), since, since + random.nextInt(5_000));
            }
        }
    }

    private static void check(Samples samples, List<Sample> latestFirst, long since, long until) {
        var begun = latestFirst.stream()
                .filter(sample -> sample.begun() - since >= 0)
                .limit(USED)
                .toList();
        assertThat(samples.since(since)).isEqualTo(begun.size());

        var between = latestFirst.stream()
                .filter(sample -> sample.begun() - since >= 0 && sample.begun() - until <= 0)
                .limit(USED)
                .toList();
        var better = between.stream()
                .filter(sample -> sample.beside().ordinal() < Grade.NONE.ordinal())
                .count();
        assertThat(samples.chanceOfBetterThan(Grade.NONE, since, until)).isEqualTo(better / (between.size() + 0.5));

        var ended = latestFirst.stream()
                .filter(sample -> sample.ended() - since >= 0)
                .toList();
        assertThat(samples.endedSince(since))
                .isEqualTo(new Samples.Tally(
                        count(ended, Grade.QUICK, Grade.SLOW), count(ended, Grade.FAILED, Grade.NONE), ended.size()));
        var failed = count(ended, Grade.FAILED, Grade.NONE);
        var mean = (failed + 0.5) / (ended.size() + 1);
        assertThat(samples.failuresAtMost(since))
                .isEqualTo(Math.min(0.95, mean + 2 * Math.sqrt(mean * (1 - mean) / (ended.size() + 1))));
    }

    private static Grade any(Random random) {
        return Grade.values()[random.nextInt(Grade.values().length)];
    }

    private static int count(List<Sample> some, Grade one, Grade other) {
        return (int) some.stream()
                .filter(sample -> sample.grade() == one || sample.grade() == other)
                .count();
    }
}
