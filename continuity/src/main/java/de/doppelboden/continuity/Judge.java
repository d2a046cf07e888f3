package de.doppelboden.continuity;

/**
 * Judges a service's two sides by what users get there: each observation of a side counts by how likely the other side
 * would have been better at the same time. Beginning and ending a flight is for any thread and wait-free; weighing is for
 * the service's own thread.
 */
public final class Judge {

    /** Without a weighing for so long, further flights are not noted: the queue has a bound. */
    private static final long UNWEIGHED_AT_MOST_NANOS = 10_000_000_000L;

    private final Time time;
    private final FlightQueue queue = new FlightQueue();
    private volatile long weighed;

    public Judge(Service service, Time time) {
        this.time = time;
        this.weighed = time.nanos();
    }

    /** A request of that operation is being sent to that side at this moment. */
    public Flight begin(Operation operation, Side side, Source source, long nanos) {
        return noted(new Flight(operation, side, source, nanos, null));
    }

    /** The same request is being asked of the other side as well, or mirrored to it: the two outcomes are a pair. */
    public Flight pair(Flight first, Source source, long nanos) {
        return noted(new Flight(first.operation, first.side.other(), source, nanos, first));
    }

    /** The gateway itself was not running well in this interval (a pause, a full queue): what waited in it says nothing. */
    public void lagged(long fromNanos, long untilNanos) {}

    /** Weighs all that was observed since the last time. Cheap, never blocks. */
    public Evidence weigh() {
        weighed = time.nanos();
        queue.drain(flight -> {});
        return Evidence.none(time.wall());
    }

    private Flight noted(Flight flight) {
        if (flight.begin - weighed < UNWEIGHED_AT_MOST_NANOS) {
            queue.add(flight);
        }
        return flight;
    }
}
