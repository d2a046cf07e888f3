package de.doppelboden.console;

import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.judge.Flight;
import de.doppelboden.continuity.judge.Judge;
import de.doppelboden.continuity.judge.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What a gateway recorded of a web application whose primary took two seconds for some minutes, and whose users stayed there. */
final class RecordedHour {

    static final Service SERVICE = Service.of(
            "register",
            KeyKind.FREE,
            List.of(
                    operation("GET /vorgang/*", true),
                    operation("GET /suche", true),
                    operation("POST /antrag", false)));
    private static final long TICK_NANOS = 50_000_000;
    private static final Duration HOUR = Duration.ofMinutes(58);

    /** The end of the recording, less this, is when users were moved. */
    static final Duration MOVED_BEFORE = HOUR.minus(Duration.ofMinutes(30)).minusSeconds(2);

    private RecordedHour() {}

    private static Operation operation(String name, boolean read) {
        return new Operation(name, read, Policy.SAFE, Duration.ofMillis(500), read, "");
    }

    /** A request that ends at that time. */
    private record UnderWay(Flight flight, long end, Outcome outcome) {}

    static Recording until(Instant end) {
        var nanos = new AtomicLong();
        var begin = end.minus(HOUR);
        var judge = new Judge(SERVICE, Time.of(() -> begin.plusNanos(nanos.get()), nanos::get));
        var open = new PriorityQueue<UnderWay>(Comparator.comparingLong(UnderWay::end));
        boolean doubt = false;
        for (int tick = 0; nanos.get() < HOUR.toNanos(); tick++) {
            boolean limps = tick >= 30 * 1200 && tick < 33 * 1200;
            var operation = SERVICE.operations().get(tick % 3);
            var asked = judge.begin(operation, Side.PRIMARY, Source.USER, nanos.get());
            open.add(underWay(asked, nanos.get(), limps ? 2_000 : 12 + tick % 40));
            if (tick % (doubt ? 3 : 20) == 0) {
                var read = SERVICE.operations().get(tick % 2);
                var primary = judge.begin(read, Side.PRIMARY, Source.PROBE, nanos.get());
                open.add(underWay(primary, nanos.get(), limps ? 2_000 : 15));
                var standby = judge.begin(read, Side.STANDBY, Source.PROBE, nanos.get());
                open.add(underWay(standby, nanos.get(), 8 + tick / 20 % 8));
            }
            nanos.addAndGet(TICK_NANOS);
            while (!open.isEmpty() && open.peek().end() <= nanos.get()) {
                var ended = open.remove();
                ended.flight().ended(ended.outcome(), ended.end());
            }
            doubt = !judge.weigh().doubts().isEmpty();
        }
        return judge.recording();
    }

    private static UnderWay underWay(Flight flight, long now, int millis) {
        return new UnderWay(flight, now + millis * 1_000_000L, millis > 500 ? Outcome.LATE : Outcome.IN_BUDGET);
    }
}
