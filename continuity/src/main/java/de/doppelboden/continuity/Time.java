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
}
