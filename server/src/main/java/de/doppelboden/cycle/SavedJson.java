package de.doppelboden.cycle;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.failover.Independence;
import de.doppelboden.continuity.failover.Proof;
import de.doppelboden.continuity.failover.Saved;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.Steward;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The form of {@link LocalState} on the disk, apart from the records of the cycle, so that these may change their shape. */
final class SavedJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record Part(List<String> names, int permille) {

        static Part of(Slice slice) {
            return new Part(List.copyOf(slice.names()), slice.permille());
        }

        Slice slice() {
            return new Slice(Set.copyOf(names), permille);
        }
    }

    private record Proven(
            String at,
            String duration,
            List<String> names,
            int permille,
            long requests,
            long inBudget,
            long lost,
            Map<Independence.Part, String> primary,
            Map<Independence.Part, String> standby,
            String sentence) {}

    private record File(
            State state,
            String since,
            String reason,
            Mode mode,
            @Nullable Boolean byOrder,
            long epoch,
            Side owner,
            @Nullable Part apart,
            String ownedSince,
            String ownedReason,
            @Nullable List<String> company,
            List<String> movedClasses,
            int failedReturns,
            @Nullable String lastReturn,
            @Nullable Proven proof,
            @Nullable String nextExercise,
            @Nullable Standing standing,
            @Nullable Permitted permit,
            @Nullable Mode configured) {}

    /** What the steward relies on; absent in files of earlier versions, which had only the controller's. */
    private record Standing(
            long epoch,
            Side owner,
            @Nullable Part apart,
            String since,
            String reason,
            @Nullable List<String> company) {

        static Standing of(Steward.Kept kept) {
            var ownership = kept.ownership();
            return new Standing(
                    ownership.epoch(),
                    ownership.owner(),
                    Part.of(ownership.apart()),
                    ownership.since().toString(),
                    ownership.reason(),
                    kept.company().map(List::copyOf).orElse(null));
        }

        Steward.Kept kept() {
            return new Steward.Kept(
                    new Ownership(epoch, owner, SavedJson.slice(apart), Instant.parse(since), reason),
                    Optional.ofNullable(company).map(Set::copyOf));
        }
    }

    private record Permitted(
            String id,
            Side side,
            String what,
            String actor,
            String since,
            String until,
            Permit.Stage stage,
            String reason) {

        static Permitted of(Permit permit) {
            return new Permitted(
                    permit.id(),
                    permit.side(),
                    permit.what(),
                    permit.actor(),
                    permit.since().toString(),
                    permit.until().toString(),
                    permit.stage(),
                    permit.reason());
        }

        Permit permit() {
            return new Permit(id, side, what, actor, Instant.parse(since), Instant.parse(until), stage, reason);
        }
    }

    private SavedJson() {}

    static byte[] write(LocalState.Kept kept) {
        var saved = kept.saved();
        return JSON.writeValueAsBytes(new File(
                saved.state(),
                saved.since().toString(),
                saved.reason(),
                saved.mode(),
                saved.byOrder(),
                saved.ownership().epoch(),
                saved.ownership().owner(),
                Part.of(saved.ownership().apart()),
                saved.ownership().since().toString(),
                saved.ownership().reason(),
                saved.company().map(List::copyOf).orElse(null),
                List.copyOf(saved.movedClasses()),
                saved.failedReturns(),
                saved.lastReturn().map(Instant::toString).orElse(null),
                saved.proof().map(SavedJson::proven).orElse(null),
                saved.nextExercise().map(Instant::toString).orElse(null),
                Standing.of(kept.standing()),
                kept.permit().map(Permitted::of).orElse(null),
                kept.configured().orElse(null)));
    }

    /** Absent in files of earlier versions. */
    private static Slice slice(@Nullable Part part) {
        return part == null ? Slice.NOBODY : part.slice();
    }

    private static Proven proven(Proof proof) {
        return new Proven(
                proof.at().toString(),
                proof.duration().toString(),
                List.copyOf(proof.slice().names()),
                proof.slice().permille(),
                proof.requests(),
                proof.inBudget(),
                proof.lost(),
                proof.independence().primary(),
                proof.independence().standby(),
                proof.sentence());
    }

    static LocalState.Kept read(String json) {
        var file = JSON.readValue(json, File.class);
        var saved = new Saved(
                file.state,
                Instant.parse(file.since),
                file.reason,
                file.mode,
                Boolean.TRUE.equals(file.byOrder),
                new Ownership(
                        file.epoch, file.owner, slice(file.apart), Instant.parse(file.ownedSince), file.ownedReason),
                Optional.ofNullable(file.company).map(Set::copyOf),
                Set.copyOf(file.movedClasses),
                file.failedReturns,
                Optional.ofNullable(file.lastReturn).map(Instant::parse),
                Optional.ofNullable(file.proof).map(SavedJson::proof),
                Optional.ofNullable(file.nextExercise).map(Instant::parse));
        var permit = Optional.ofNullable(file.permit).map(Permitted::permit);
        var configured = Optional.ofNullable(file.configured);
        return file.standing == null
                ? LocalState.Kept.of(saved, permit, configured)
                : new LocalState.Kept(saved, file.standing.kept(), permit, configured);
    }

    private static Proof proof(Proven proven) {
        return new Proof(
                Instant.parse(proven.at),
                Duration.parse(proven.duration),
                new Slice(Set.copyOf(proven.names), proven.permille),
                proven.requests,
                proven.inBudget,
                proven.lost,
                new Independence(proven.primary, proven.standby),
                proven.sentence);
    }
}
