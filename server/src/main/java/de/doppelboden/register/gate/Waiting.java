package de.doppelboden.register.gate;

import de.doppelboden.continuity.Way;
import de.doppelboden.gateway.http.Call;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests that wait for the primary. When users are moved, those that now belong to the standby are withdrawn at once. */
final class Waiting {

    private final Set<One> all = ConcurrentHashMap.newKeySet();
    private final Ways ways;

    Waiting(Ways ways) {
        this.ways = ways;
    }

    /** One request and its call. */
    final class One implements AutoCloseable {

        private final Task task;
        private final Call call;

        private One(Task task, Call call) {
            this.task = task;
            this.call = call;
        }

        private void look() {
            var way = ways.now(task);
            if (way == Way.STANDBY || way == Way.FORBIDDEN) {
                call.withdraw();
            }
        }

        @Override
        public void close() {
            all.remove(this);
        }
    }

    /** Looks once itself, because users may have been moved since the way was asked for. */
    One add(Task task, Call call) {
        var one = new One(task, call);
        all.add(one);
        one.look();
        return one;
    }

    /** Users were moved. Runs on the service's thread. */
    void look() {
        all.forEach(One::look);
    }

    int count() {
        return all.size();
    }
}
