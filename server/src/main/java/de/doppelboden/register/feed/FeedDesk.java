package de.doppelboden.register.feed;

import de.doppelboden.console.StandbyFeed;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Takes the console's orders to the feed. */
@Component
final class FeedDesk implements StandbyFeed {

    private static final int LOOKS = 15;
    private static final long BETWEEN_NANOS = 200_000_000;

    private final FeedOrders orders;

    FeedDesk(DataSource database, InstantSource clock) {
        this.orders = new FeedOrders(database, clock);
    }

    @Override
    public Optional<String> order(Order order, String reason, String actor) throws SQLException {
        long number = orders.order(kind(order), reason, actor, null);
        Optional<String> result = orders.result(number);
        for (int look = 0; look < LOOKS && result.isEmpty(); look++) {
            LockSupport.parkNanos(BETWEEN_NANOS);
            result = orders.result(number);
        }
        return result;
    }

    private static FeedOrders.Kind kind(Order order) {
        return switch (order) {
            case ACCEPT -> FeedOrders.Kind.ACCEPT;
            case HOLD -> FeedOrders.Kind.HOLD;
            case RELEASE -> FeedOrders.Kind.RELEASE;
            case COMPARE -> FeedOrders.Kind.COMPARE;
        };
    }
}
