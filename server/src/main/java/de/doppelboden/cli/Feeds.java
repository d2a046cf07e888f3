package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.RegisterSettings;
import de.doppelboden.configuration.ServiceSettings;
import de.doppelboden.configuration.WebAppSettings;
import de.doppelboden.database.Database;
import de.doppelboden.register.feed.RegisterFeed;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What keeps the standbys current, one for each service, in the control process. */
record Feeds(List<RegisterFeed> running) implements AutoCloseable {

    static Feeds start(Configuration configuration, Database database) throws IOException {
        var running = new ArrayList<RegisterFeed>();
        for (ServiceSettings service : configuration.services()) {
            switch (service.kind()) {
                case RegisterSettings register ->
                    running.add(RegisterFeed.of(service, database, InstantSource.system()));
                case WebAppSettings webApp -> {} // its standby is kept current by whoever runs it
            }
        }
        running.forEach(RegisterFeed::start);
        return new Feeds(running);
    }

    @Override
    public void close() {
        running.forEach(RegisterFeed::close);
    }
}
