package de.doppelboden.cycle;

import de.doppelboden.configuration.ServiceSettings;
import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.LeaseSettings;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.ProofSettings;
import de.doppelboden.continuity.ReturnSettings;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.Timetable;
import de.doppelboden.continuity.failover.Independence;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the configuration says of a service, in the words of the cycle. */
public final class ServiceMapping {

    private static final int STEPS_TO_WAIT = 5;
    private static final double HARDER = 2;

    private ServiceMapping() {}

    /**
     * @param sharedState both sides write one store
     * @param zone of the times of day in the configuration
     */
    public static Service service(
            ServiceSettings settings, KeyKind keys, boolean sharedState, List<Operation> operations, ZoneId zone) {
        return new Service(
                settings.id(),
                keys,
                sharedState,
                operations,
                Mode.valueOf(settings.mode().name()),
                JudgeSettings.DEFAULT,
                returning(settings.returning()),
                LeaseSettings.DEFAULT,
                proof(settings.proof(), zone));
    }

    private static ReturnSettings returning(de.doppelboden.configuration.ReturnSettings settings) {
        var standard = ReturnSettings.DEFAULT;
        var step = settings.step();
        return new ReturnSettings(
                step,
                step,
                standard.stepReads(),
                step.multipliedBy(STEPS_TO_WAIT),
                HARDER,
                Math.max(1, (double) settings.longestStep().toMillis() / step.toMillis()),
                settings.patience(),
                settings.hold(),
                shorter(step, standard.slice()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static ProofSettings proof(de.doppelboden.configuration.ProofSettings settings, ZoneId zone) {
        var standard = ProofSettings.DEFAULT;
        return new ProofSettings(
                settings.expires(),
                settings.lasts(),
                settings.lasts().multipliedBy(STEPS_TO_WAIT),
                standard.requests(),
                standard.inBudgetPercent(),
                new Slice(Set.of(), Math.clamp(Math.round(settings.slice().share() * 1000), 1, 1000)),
                Optional.of(new Timetable(settings.every(), settings.at(), zone)));
    }

    /** Parts that are named as shared stand on the same thing; of the others it is declared that they do not. */
    public static Independence independence(ServiceSettings settings) {
        Map<Independence.Part, String> primary = new EnumMap<>(Independence.Part.class);
        Map<Independence.Part, String> standby = new EnumMap<>(Independence.Part.class);
        for (var part : Independence.Part.values()) {
            boolean shared = settings.proof().shared().stream()
                    .anyMatch(named -> part.name().endsWith(named.name()));
            primary.put(part, shared ? "shared" : "of the primary");
            standby.put(part, shared ? "shared" : "of the standby");
        }
        return new Independence(primary, standby);
    }
}
