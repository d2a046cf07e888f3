package de.doppelboden.gateway.relay;

import de.doppelboden.gateway.http.Call;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The requests that wait for a side. When users are moved, those that now belong elsewhere are withdrawn at once. Any thread. */
public final class Waiting {

    private final Set<One> all = ConcurrentHashMap.newKeySet();

    /** One request and its call. */
    public final class One implements AutoCloseable {

        private final BooleanSupplier elsewhere;
        private final Call call;

        private One(BooleanSupplier elsewhere, Call call) {
            this.elsewhere = elsewhere;
            this.call = call;
        }

        private void look() {
            if (elsewhere.getAsBoolean()) {
                call.withdraw();
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
     */
    public One add(BooleanSupplier elsewhere, Call call) {
        var one = new One(elsewhere, call);
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
