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
 * @param day what users got on both sides, oldest first
 */
public record ServiceStatus(
        String id,
        String name,
        String mode,
        String state,
        String side,
        Optional<Instant> since,
        String reason,
        Optional<Instant> at,
        long epoch,
        String listen,
        String primary,
        Judgement judgement,
        Optional<Feed> feed,
        Optional<ProofStatus> proof,
        Optional<Journal> journal,
        Optional<PermitStatus> permit,
        List<Traffic> day,
        List<Marked> decisions,
        List<ProofStatus> proofs,
        String bypass) {

    /** The verdicts on both sides, as {@code HEALTHY}, with their evidence in a sentence. */
    public record Judgement(String primary, String standby, String sentence, List<Figure> figures) {}

    /** A number that the sentence rests on. */
    public record Figure(String name, String value) {}

    /**
     * How current the standby's copy is.
     *
     * @param asOf the primary's data up to then are on the standby
     * @param progress of the first copy, 0 to 1
     */
    public record Feed(
            String state,
            Optional<Instant> asOf,
            Optional<Duration> lag,
            String sentence,
            Optional<Double> progress,
            Optional<Duration> remaining) {}

    /** The dated result of an exercise. */
    public record ProofStatus(Instant at, Optional<Instant> until, boolean fresh, String sentence) {}

    /** Work that is to go back to the primary. */
    public record Journal(long open, long worklist) {}

    /** A change that is permitted on one side. */
    public record PermitStatus(String side, String stage, String reason, Optional<Instant> since) {}

    /** What users got on both sides from {@code at} on. */
    public record Traffic(Instant at, Duration length, Counts primary, Counts standby) {}

    /** How many requests ended how. */
    public record Counts(long inBudget, long late, long failed, long none) {

        public long all() {
            return inBudget + late + failed + none;
        }

        public long bad() {
            return failed + none;
        }
    }

    /** A decision that is marked in the picture of the day. */
    public record Marked(Instant at, String action, String state, String reason) {}

    boolean onStandby() {
        return side.equals("STANDBY");
    }
}
