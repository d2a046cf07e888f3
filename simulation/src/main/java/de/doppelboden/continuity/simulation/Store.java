package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.journal.Appended;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.continuity.ownership.Claim;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** The database as its transactions leave it: ownership, gateways, journal. Each method is one transaction. */
final class Store {

    private final World world;
    private final Register register;
    boolean up = true;
    private final LongConsumer suspects;
    private Ownership ownership = Ownership.initial(World.START);
    private Optional<Standing.Intent> intent = Optional.empty();
    private long intents;
    private final Map<String, Standing.Member> gateways = new TreeMap<>();
    private final List<JournalEntry> journal = new ArrayList<>();
    private final Map<String, Integer> byKey = new HashMap<>();
    private final Map<Key, Long> copy = new HashMap<>();
    private String reconciling = "";

    /** @param suspects hears the numbers of entries that begin as suspects */
    Store(World world, Register register, LongConsumer suspects) {
        this.suspects = suspects;
        this.world = world;
        this.register = register;
    }

    Ownership ownership() {
        return ownership;
    }

    Standing renew(String gateway, long beats, long yielded, Set<String> company) {
        var row = gateways.get(gateway);
        var others = new TreeSet<>(gateways.keySet());
        others.remove(gateway);
        if (row == null && beats == 0) {
            gateways.put(gateway, new Standing.Member(gateway, 1, yielded, others));
        } else if (row != null && row.beats() == beats) {
            gateways.put(
                    gateway,
                    new Standing.Member(gateway, beats + 1, yielded, company.equals(others) ? company : row.company()));
        }
        return standing(gateway);
    }

    Standing announce(Ownership expected, Side owner, String gateway) {
        var free = intent.isEmpty() || intent.get().gateway().equals(gateway);
        if (expected.epoch() == ownership.epoch() && free) {
            intent = Optional.of(new Standing.Intent(gateway, ownership.epoch(), owner, ++intents));
        }
        return standing(gateway);
    }

    Standing withdraw(String gateway, long number) {
        intent = intent.filter(noted -> noted.number() != number);
        return standing(gateway);
    }

    private Standing standing(String gateway) {
        var others = gateways.values().stream()
                .filter(row -> !row.gateway().equals(gateway))
                .toList();
        var mine = gateways.getOrDefault(gateway, new Standing.Member(gateway, 0, 0, Set.of()));
        return new Standing(ownership, intent, mine, others);
    }

    Claim claim(Ownership expected, Side owner, Slice apart, long number, String reason) {
        var noted = intent.filter(found -> found.number() == number).isPresent();
        if ((expected.epoch() != ownership.epoch() || !noted) && !world.has(Bug.CLAIM_WITHOUT_COMPARE)) {
            return new Claim.Lost(ownership);
        }
        var next = new Ownership(ownership.epoch() + 1, owner, apart, World.START, reason);
        var open = openForPrimary(next);
        if (open > 0) {
            if (!world.has(Bug.CLAIM_IGNORES_THE_JOURNAL)) {
                return new Claim.Unready(open);
            }
            world.violated("keys went to the primary while the journal held " + open + " entries that it lacks");
        }
        ownership = next;
        intent = Optional.empty();
        world.trace("epoch " + next.epoch() + ": " + owner + " owns all but " + apart);
        return new Claim.Granted(ownership);
    }

    private int openForPrimary(Ownership next) {
        var onWorklist = new HashSet<String>();
        var open = 0;
        for (var entry : journal) {
            if (entry.state().onWorklist()) {
                onWorklist.add(entry.key().id());
            } else if (entry.state().open()
                    && next.of(entry.key()) == Side.PRIMARY
                    && !onWorklist.contains(entry.key().id())) {
                open++;
            }
        }
        return open;
    }

    void leave(String gateway) {
        gateways.remove(gateway);
    }

    Appended append(JournalEntry entry, long epoch) {
        var right = ownership.epoch() == epoch && ownership.of(entry.key()) == Side.STANDBY;
        if (!right && !world.has(Bug.JOURNAL_WITHOUT_FENCE)) {
            return new Appended.Fenced(ownership);
        }
        var known = byKey.get(entry.idempotencyKey());
        if (known != null && !world.has(Bug.JOURNAL_WITHOUT_IDEMPOTENCY)) {
            var before = journal.get(known);
            if (before.state() == EntryState.SUSPECT || before.state() == EntryState.DROPPED) {
                journal.set(known, at(entry, before.number(), EntryState.OPEN));
                copy.merge(entry.key(), 1L, Long::sum);
                return new Appended.Stored(before.number());
            }
            return new Appended.Duplicate(before.number());
        }
        if (!right) {
            world.violated("the standby wrote " + entry.key() + " under an old epoch");
        }
        copy.merge(entry.key(), 1L, Long::sum);
        return store(entry, EntryState.OPEN);
    }

    Appended suspect(JournalEntry entry) {
        var known = byKey.get(entry.idempotencyKey());
        return known != null ? new Appended.Duplicate(known + 1L) : store(entry, EntryState.SUSPECT);
    }

    private Appended store(JournalEntry entry, EntryState state) {
        var number = journal.size() + 1L;
        journal.add(at(entry, number, state));
        byKey.put(entry.idempotencyKey(), journal.size() - 1);
        return new Appended.Stored(number);
    }

    private JournalEntry at(JournalEntry entry, long number, EntryState state) {
        if (state == EntryState.SUSPECT) {
            suspects.accept(number);
        }
        var twice = byKey.containsKey(entry.idempotencyKey()) && world.has(Bug.JOURNAL_WITHOUT_IDEMPOTENCY);
        return new JournalEntry(
                number,
                twice ? entry.idempotencyKey() + "#" + number : entry.idempotencyKey(),
                entry.operation(),
                entry.key(),
                entry.baseVersion(),
                entry.payload(),
                entry.actor(),
                entry.office(),
                entry.at(),
                state,
                entry.epoch());
    }

    /** The lock of the one that reconciles ends with its session: a gateway that comes after one that is gone takes it. */
    List<JournalEntry> due(String gateway, boolean holderGone, int limit) {
        if (!reconciling.isEmpty() && !reconciling.equals(gateway) && !holderGone) {
            return List.of();
        }
        reconciling = gateway;
        var seen = new HashSet<String>();
        var due = new ArrayList<JournalEntry>();
        var all = new ArrayList<>(journal);
        if (world.has(Bug.IGNORES_THE_ORDER_OF_A_KEY)) {
            Collections.reverse(all);
        }
        for (var entry : all) {
            if (entry.state().onWorklist()) {
                seen.add(entry.key().id());
            } else if (entry.state().open() && seen.add(entry.key().id()) && due.size() < limit) {
                due.add(entry);
            }
        }
        return due;
    }

    String reconciling() {
        return reconciling;
    }

    boolean record(JournalEntry entry, EntryState next, String why) {
        var at = (int) entry.number() - 1;
        if (journal.get(at).state() != entry.state()) {
            return false;
        }
        if (next == EntryState.REVIEW && register.has(entry.idempotencyKey())) {
            world.violated("a person is to confirm entry " + entry.number() + ", which the primary has");
        }
        var dropped = next == EntryState.CONFLICT && world.has(Bug.DROPS_CONFLICTS);
        journal.set(at, at(journal.get(at), entry.number(), dropped ? EntryState.DROPPED : next));
        world.trace("journal " + entry.number() + " (" + entry.payload() + ") is " + next + ": " + why);
        return true;
    }

    int missing(Set<String> idempotencyKeys) {
        return (int)
                idempotencyKeys.stream().filter(key -> !byKey.containsKey(key)).count();
    }

    Backlog backlog() {
        var onWorklist = new HashSet<String>();
        var open = 0;
        var held = 0;
        var worklist = 0;
        for (var entry : journal) {
            if (entry.state().onWorklist()) {
                worklist++;
                onWorklist.add(entry.key().id());
            } else if (entry.state().open()) {
                if (onWorklist.contains(entry.key().id())) {
                    held++;
                } else {
                    open++;
                }
            }
        }
        return new Backlog(open, held, worklist);
    }

    /** The act is kept here, whatever its state, unless it was dropped. */
    boolean keeps(long act) {
        return journal.stream()
                .anyMatch(entry -> entry.payload().equals(Long.toString(act)) && entry.state() != EntryState.DROPPED);
    }

    List<JournalEntry> journal() {
        return journal;
    }

    /** One pass of the feed: what the primary has, but for records whose journal is not reconciled. */
    void feed(Set<Key> keys) {
        for (var key : keys) {
            var busy = journal.stream()
                    .anyMatch(entry -> entry.key().equals(key)
                            && (entry.state().open() || entry.state().onWorklist()));
            if (!busy) {
                copy.put(key, register.version(key));
            }
        }
    }

    long copyOf(Key key) {
        return copy.getOrDefault(key, 0L);
    }
}
