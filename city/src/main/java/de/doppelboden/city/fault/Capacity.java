package de.doppelboden.city.fault;

/**
 * What a storage can do.
 *
 * @param perSecond accesses a second when nothing is wrong
 * @param limping the share of it that is left while limping, 0.05 in the recorded outage
 * @param waiting how many accesses may wait; one more is refused
 * @param warmUp how many accesses it takes until a cold storage is warm
 */
public record Capacity(double perSecond, double limping, int waiting, int warmUp) {

    /** A city of 170 desks: four times what they ask for. */
    public static final Capacity CITY = new Capacity(40, 0.05, 512, 25);

    public Capacity {
        if (!(perSecond > 0) || !(limping > 0 && limping <= 1) || waiting < 1 || warmUp < 1) {
            throw new IllegalArgumentException("no such capacity: " + perSecond + ", " + limping + ", " + waiting);
        }
    }

    /** The same with another number of accesses a second. */
    public Capacity withPerSecond(double other) {
        return new Capacity(other, limping, waiting, warmUp);
    }

    long intervalNanos() {
        return (long) (1e9 / perSecond);
    }

    long limpingIntervalNanos() {
        return (long) (1e9 / (perSecond * limping));
    }
}
