package de.doppelboden.register.gate;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Switch;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.Way;
import de.doppelboden.gateway.http.Call;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The requests that wait for the primary. When users are moved, those that now belong to the standby are withdrawn at once. */
final class Waiting {

    private final Set<One> all = ConcurrentHashMap.newKeySet();
    private final Switch users;
    private final Time time;

    Waiting(Switch users, Time time) {
        this.users = users;
        this.time = time;
    }

    /** One request and its call. */
    final class One implements AutoCloseable {

        private final Operation operation;
        private final @Nullable Key key;
        private final String slice;
        private final Call call;

        private One(Operation operation, @Nullable Key key, String slice, Call call) {
            this.operation = operation;
            this.key = key;
            this.slice = slice;
            this.call = call;
        }

        private void look() {
            var way = users.way(operation, key, slice, time.nanos());
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
        var one = new One(task.operation(), task.key().orElse(null), task.slice(), call);
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
