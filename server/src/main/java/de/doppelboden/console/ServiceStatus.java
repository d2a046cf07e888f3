package de.doppelboden.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway says of a service. What it does not say is empty and not shown.
 *
 * @param state as {@code NORMAL}; the names of continuity's states
 * @param reason of the present decision, word for word
 * @param details of the present exercise or return
 * @param certificateExpires that of the users' listener; empty if it has none
 */
public record ServiceStatus(
        String id,
        String name,
        String mode,
        String state,
        String serving,
        Optional<Instant> since,
        String reason,
        long epoch,
        Judgement judgement,
        Optional<Feed> feed,
        Optional<ProofStatus> proof,
        Optional<Journal> journal,
        Optional<PermitStatus> permit,
        List<Figure> details,
        Optional<Instant> certificateExpires) {

    /** The verdicts on both sides, as {@code HEALTHY}, with their evidence in a sentence. */
    public record Judgement(String primary, String standby, String sentence, List<Figure> figures) {}

    /** A number that the sentence rests on. */
    public record Figure(String name, String value) {}

    /**
     * How current the standby's copy is.
     *
     * @param asOf the primary's data up to then are on the standby
     * @param reason a sentence; during the first copy with its progress
     */
    public record Feed(String phase, Optional<Instant> asOf, Optional<Duration> lag, String reason) {

        /** Nobody copies anything to the standby: both sides use the same data, or others keep it current. */
        boolean withoutCopy() {
            return asOf.isEmpty() && lag.isPresent();
        }
    }

    /** The dated result of an exercise. */
    public record ProofStatus(Instant at, boolean fresh, String sentence) {}

    /** Work that is to go back to the primary. */
    public record Journal(long open, long worklist) {}

    /** A change that is permitted on one side. */
    public record PermitStatus(String side, String stage, String what, String reason, Optional<Instant> since) {}

    /** Classes that are on the standby while the rest is on the primary, for people; empty: none. */
    Optional<String> classesOnStandby() {
        return details.stream()
                .filter(detail -> detail.name().equals("classes"))
                .findFirst()
                .map(Figure::value);
    }

    boolean onStandby() {
        return serving.equals("STANDBY");
    }
}
