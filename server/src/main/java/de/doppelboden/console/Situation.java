package de.doppelboden.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of all services now: from the gateway, or from its last state files if it is away. However many people
 * look, the gateway is asked once a second at most. Any thread.
 */
@Component
final class Situation {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final JsonMapper json = JsonMapper.builder().build();
    private final GatewayClient gateway;
    private final ControlSettings settings;
    private final InstantSource clock;
    private Picture latest = new Picture(List.of(), false, Instant.EPOCH);

    Situation(GatewayClient gateway, ControlSettings settings, InstantSource clock) {
        this.gateway = gateway;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The services at one moment.
     *
     * @param live from the gateway; else what it last wrote down
     */
    record Picture(List<ServiceStatus> services, boolean live, Instant at) {}

    synchronized Picture now() {
        Instant now = clock.instant();
        if (Duration.between(latest.at, now).compareTo(FRESH) > 0) {
            latest = picture(now);
        }
        return latest;
    }

    /** One service in full; empty if there is none of this name. */
    Optional<Detail> service(String id) {
        if (settings.services().stream().noneMatch(known -> known.id().equals(id))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Detail(StatusReader.service(gateway.get("/services/" + id)), true));
        } catch (IOException e) {
            return lastStates().stream()
                    .filter(service -> service.id().equals(id))
                    .findFirst()
                    .map(service -> new Detail(service, false));
        }
    }

    /** What the configuration says of a service that exists. */
    ControlSettings.KnownService known(String id) {
        return settings.services().stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service " + id));
    }

    /** What users got in the last day; empty if the gateway does not answer. */
    Day day(String id) {
        try {
            return StatusReader.day(gateway.get("/services/" + id + "/traffic?hours=24"));
        } catch (IOException e) {
            return Day.EMPTY;
        }
    }

    /** A service and whether this is from the gateway. */
    record Detail(ServiceStatus service, boolean live) {}

    private Picture picture(Instant now) {
        try {
            return new Picture(StatusReader.services(gateway.get("/services")), true, now);
        } catch (IOException e) {
            return new Picture(lastStates(), false, now);
        }
    }

    private List<ServiceStatus> lastStates() {
        List<ServiceStatus> services = new ArrayList<>();
        for (ControlSettings.KnownService known : settings.services()) {
            Path file = settings.data().resolve("state").resolve(known.id() + ".json");
            try {
                services.add(StatusReader.lastState(known.id(), known.name(), json.readTree(Files.readString(file))));
            } catch (IOException | JacksonException e) {
                services.add(StatusReader.lastState(known.id(), known.name(), json.createObjectNode()));
            }
        }
        return services;
    }
}
