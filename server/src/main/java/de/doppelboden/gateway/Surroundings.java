package de.doppelboden.gateway;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.continuity.Time;
import de.doppelboden.cycle.Events;
import de.doppelboden.database.Database;
import de.doppelboden.gateway.http.HttpLimits;
import de.doppelboden.gateway.http.HttpServer;
import de.doppelboden.gateway.wire.Deadlines;
import de.doppelboden.identity.Identity;

/**
 * What the process gives to each service.
 *
 * @param gateway this gateway's name
 */
public record Surroundings(
        Configuration configuration,
        Database database,
        Identity identity,
        Events events,
        Deadlines deadlines,
        HttpLimits limits,
        HttpServer.Most most,
        String gateway,
        Time time) {}
