package de.doppelboden.gateway.relay;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The requests that are under way at a side. When users are moved, those that now belong elsewhere leave it at once. Any thread. */
public final class Waiting {

    private final Set<One> all = ConcurrentHashMap.newKeySet();

    /** One request. */
    public final class One implements AutoCloseable {

        private final BooleanSupplier elsewhere;
        private final Runnable leave;

        private One(BooleanSupplier elsewhere, Runnable leave) {
            this.elsewhere = elsewhere;
            this.leave = leave;
        }

        private void look() {
            if (elsewhere.getAsBoolean()) {
                leave.run();
            }
        }

        @Override
        public void close() {
            all.remove(this);
        }
    }

    /**
     * Looks once itself, because users may have been moved since the way was asked for.
     *
     * @param elsewhere whether the request, as it stands, is to be asked of another side; quick, never blocks
     * @param leave ends its wait at the side; never blocks
     */
    public One add(BooleanSupplier elsewhere, Runnable leave) {
        var one = new One(elsewhere, leave);
        all.add(one);
        one.look();
        return one;
    }

    /** Users were moved. Runs on the service's thread. */
    public void look() {
        all.forEach(One::look);
    }

    public int count() {
        return all.size();
    }
}
