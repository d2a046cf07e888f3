package de.doppelboden.gateway.relay;

import de.doppelboden.cycle.Observation;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.SidePool;
import de.doppelboden.gateway.http.SideRequest;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends reads that one side answers to the other as well, and throws its answers away: so a side proves itself. Any thread. */
public final class Mirrors {

    private static final Logger log = LoggerFactory.getLogger(Mirrors.class);
    private static final int AT_ONCE = 256;

    private final Semaphore places = new Semaphore(AT_ONCE);

    /** Does not wait for the answer; does nothing while all places are taken. */
    public void send(SidePool to, SideRequest request, Observation seen, Check check) {
        send(to, request, seen, check, Original.NONE);
    }

    /** The same, comparing with what the user is answered: what differs has failed. */
    public void send(SidePool to, SideRequest request, Observation seen, Check check, Original original) {
        if (!places.tryAcquire()) {
            seen.withdrawn();
            return;
        }
        Thread.ofVirtual().name("mirror").start(() -> {
            try {
                ask(to, request, seen, check, original);
            } finally {
                places.release();
            }
        });
    }

    private static void ask(SidePool to, SideRequest request, Observation seen, Check check, Original original) {
        try (var call = new Call(to)) {
            if (call.send(request) instanceof Call.Responded responded) {
                var sum = new BodySum();
                responded.summedBy(sum);
                boolean good = check.good(responded);
                if (!responded.endless()) {
                    responded.drain(BodySum.BYTES);
                }
                if (good) {
                    seen.answered(() -> original.comparedWith(responded, sum));
                } else {
                    seen.failed();
                }
                return;
            }
            seen.unanswered();
        } catch (IOException broken) {
            seen.unanswered();
            log.debug("a mirrored read broke: {}", broken.getMessage());
        }
    }
}
