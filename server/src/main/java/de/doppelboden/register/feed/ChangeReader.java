package de.doppelboden.register.feed;

import de.doppelboden.continuity.feed.FeedChange;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what the primary changed into the copy, inside the caller's transaction and the primary's present snapshot. */
final class ChangeReader {

    private static final int CHUNK = 5_000;

    private final PrimarySession primary;
    private final Connection ours;
    private final Intake intake;
    private final MassChangeGuard guard;

    ChangeReader(PrimarySession primary, Connection ours, MassChangeGuard guard) {
        this.primary = primary;
        this.ours = ours;
        this.intake = new Intake(ours);
        this.guard = guard;
    }

    /** Rows of transactions from {@code cursor} on; what was read before and is unchanged does not count. */
    ChangeRead changes(long cursor, long residents, Instant now) throws SQLException, IOException {
        try (var rows = primary.changedSince(cursor)) {
            byte[] first = rows.next();
            if (first.length == 0) {
                return new ChangeRead.Taken(IntakeCount.NOTHING);
            }
            intake.receive(first, rows);
        }
        var count = intake.count();
        var refused = count.written() == 0 ? Optional.<String>empty() : guard.apply(change(count, residents));
        if (refused.isPresent()) {
            return new ChangeRead.Refused(refused.get());
        }
        if (count.written() > 0) {
            intake.write(now);
        }
        intake.forget();
        return new ChangeRead.Taken(count);
    }

    /** Persons in whom the two sides differ by the hash tree; changes still under way are among them. */
    SortedSet<String> suspects() throws SQLException {
        var theirs = primary.buckets();
        var own = Buckets.of(ours, "register.resident");
        var buckets = own.differingFrom(theirs);
        return buckets.isEmpty()
                ? new TreeSet<>()
                : RowHashes.of(ours, "register.resident", buckets).differingFrom(primary.hashes(buckets));
    }

    /** Of the suspects, those who really differ in the primary's present snapshot, and how. */
    List<Comparison.Difference> confirm(Collection<String> suspects) throws SQLException, IOException {
        var differences = new ArrayList<Comparison.Difference>();
        for (var chunk : chunks(suspects)) {
            var here = intake.present(chunk);
            var there = receive(chunk);
            for (var om : intake.differing()) {
                var kind = here.contains(om) ? Comparison.Kind.DIFFERENT : Comparison.Kind.MISSING;
                differences.add(new Comparison.Difference(om, kind));
            }
            chunk.stream()
                    .filter(om -> here.contains(om) && !there.contains(om))
                    .forEach(om -> differences.add(new Comparison.Difference(om, Comparison.Kind.SURPLUS)));
            intake.forget();
        }
        return differences;
    }

    /** Makes the copy equal to the primary for these persons. */
    ChangeRead repair(List<Comparison.Difference> differences, long residents, Instant now)
            throws SQLException, IOException {
        var surplus = differences.stream()
                .filter(d -> d.kind() == Comparison.Kind.SURPLUS)
                .map(Comparison.Difference::om)
                .toList();
        var others = differences.stream().map(Comparison.Difference::om).toList();
        var count = IntakeCount.NOTHING;
        for (var chunk : chunks(others)) {
            receive(chunk);
            count = count.plus(intake.count());
            intake.write(now);
            intake.forget();
        }
        count = count.withDeleted(surplus.size());
        if (!surplus.isEmpty()) {
            intake.delete(surplus, now);
        }
        var refused = guard.apply(change(count, residents));
        return refused.isPresent() ? new ChangeRead.Refused(refused.get()) : new ChangeRead.Taken(count);
    }

    private Set<String> receive(Collection<String> oms) throws SQLException, IOException {
        try (var rows = primary.persons(oms)) {
            byte[] first = rows.next();
            if (first.length > 0) {
                intake.receive(first, rows);
            } else {
                intake.prepare();
            }
        }
        return new HashSet<>(intake.received());
    }

    private static List<List<String>> chunks(Collection<String> oms) {
        var all = List.copyOf(oms);
        var chunks = new ArrayList<List<String>>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(from + CHUNK, all.size())));
        }
        return chunks;
    }

    private static FeedChange change(IntakeCount count, long residents) {
        return new FeedChange(
                residents, count.added(), count.changed(), count.deleted(), count.moved(), count.emptied());
    }
}
