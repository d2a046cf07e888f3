package de.doppelboden.console;

import de.doppelboden.console.ServiceStatus.Figure;
import de.doppelboden.console.ServiceStatus.Judgement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a gateway says of a service, for tests of what people are shown of it. */
final class Statuses {

    static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private Statuses() {}

    /** Users are on the primary; what the judge says of the primary and of the standby. */
    static ServiceStatus normal(String primary, String standby, List<Figure> details) {
        return new ServiceStatus(
                "portal",
                "Schulportal",
                "AUTOMATIC",
                "NORMAL",
                "PRIMARY",
                Optional.of(NOW),
                "",
                1,
                new Judgement(primary, standby, "", List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                details,
                Optional.empty());
    }
}
