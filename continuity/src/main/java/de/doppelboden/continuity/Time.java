package de.doppelboden.continuity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The only source of time in the cycle. Judging, leases and waiting use {@link #nanos()}, which never jumps; what people
 * read uses {@link #wall()}.
 */
public interface Time {

    Instant wall();

    /** A monotonic clock with an arbitrary origin, as {@link System#nanoTime()}. */
    long nanos();

    static Time of(InstantSource wall, LongSupplier nanos) {
        return new Time() {
            @Override
            public Instant wall() {
                return wall.instant();
            }

            @Override
            public long nanos() {
                return nanos.getAsLong();
            }
        };
    }

    /** A span of time as a sentence says it: {@code 640 ms}, {@code 1.2 s}, {@code 3 min}. */
    static String spoken(long nanos) {
        var millis = nanos / 1_000_000;
        if (millis < 1_000) {
            return millis + " ms";
        }
        var tenths = (millis + 50) / 100;
        return millis < 120_000 ? tenths / 10 + "." + tenths % 10 + " s" : millis / 60_000 + " min";
    }
}
