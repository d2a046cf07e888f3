package de.doppelboden.continuity.hindsight;

import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.failover.FailoverController;
import de.doppelboden.continuity.failover.Way;
import de.doppelboden.continuity.judge.Cell;
import de.doppelboden.continuity.judge.Flight;
import de.doppelboden.continuity.judge.Judge;
import de.doppelboden.continuity.judge.Likely;
import de.doppelboden.continuity.judge.Recording;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Users and probes of a recording, who ask again: each goes where the switch of the play sends it. */
final class PlayedUsers {

    /** Who may have been asked of the other side as well, of one operation. */
    private static final int CANDIDATES = 256;

    /** A hedge is begun so close to when it is due. */
    private static final long DUE_NANOS = 2 * Cell.TICK_NANOS;

    private final Recording recording;
    private final long[] cells;
    private final Service service;
    private final Judge judge;
    private final FailoverController controller;
    private final Likely likely;
    private final PlayedProbes probes;
    private final PriorityQueue<Planned> planned = new PriorityQueue<>(Comparator.comparingLong(Planned::begin));
    private final PriorityQueue<Asked> open = new PriorityQueue<>(Comparator.comparingLong(asked -> asked.end));
    private final List<Planned> held = new ArrayList<>();
    private final List<ArrayDeque<Asked>> hedgeable = new ArrayList<>();
    private int next;
    private long number;
    private long requests;
    private long late;
    private long failed;
    private long refused;
    private long unknown;
    private long assumed;

    /** A request that is to be made. */
    private record Planned(long begin, long cell) {}

    /** A request under way, as it will end. */
    private static final class Asked {
        final long cell;
        final int operation;
        final Side side;
        final Source source;
        final Flight flight;
        final long end;

        /** What it gets is what others got there. */
        final boolean assumed;

        boolean hedged;

        Asked(long cell, boolean assumed, int operation, Side side, Source source, Flight flight, long end) {
            this.cell = cell;
            this.assumed = assumed;
            this.operation = operation;
            this.side = side;
            this.source = source;
            this.flight = flight;
            this.end = end;
        }
    }

    PlayedUsers(Recording recording, long[] cells, Service service, Judge judge, FailoverController controller) {
        this.recording = recording;
        this.cells = cells;
        this.service = service;
        this.judge = judge;
        this.controller = controller;
        this.likely = new Likely(
                cells, recording.operations().size(), service.judge().fresh().toNanos());
        this.probes = new PlayedProbes(cells);
        recording.operations().forEach(each -> hedgeable.add(new ArrayDeque<>()));
    }

    /** All that is begun in this time. */
    void begin(long from, long until) {
        plan(until);
        var waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(each -> ask(each, from));
        while (!planned.isEmpty() && planned.peek().begin() < until) {
            var each = planned.remove();
            ask(each, each.begin());
        }
    }

    /** Requests of one cell are spread over its time. */
    private void plan(long until) {
        for (; next < cells.length && begin(cells[next]) < until; next++) {
            var count = Cell.count(cells[next]);
            for (var i = 0; i < count; i++) {
                var offset = Cell.widthNanos(cells[next]) * (2L * i + 1) / (2L * count);
                planned.add(new Planned(begin(cells[next]) + offset, cells[next]));
            }
        }
    }

    private long begin(long cell) {
        return recording.origin() + Cell.tick(cell) * Cell.TICK_NANOS;
    }

    private void ask(Planned each, long now) {
        switch (Cell.source(each.cell())) {
            case USER -> user(each, now);
            case PROBE -> recorded(each.cell(), Source.PROBE, now, null);
            case HEDGE -> hedge(each.cell(), now);
            case MIRROR -> {} // the play has its own
        }
    }

    private void user(Planned each, long now) {
        var operation = service.operations().get(Cell.operation(each.cell()));
        var slice = "user-" + number++ % 997;
        switch (controller.users().way(operation, slice, each.begin(), now)) {
            case PRIMARY -> user(each.cell(), Side.PRIMARY, slice, now);
            case STANDBY -> user(each.cell(), Side.STANDBY, slice, now);
            case FORBIDDEN -> refuse(each.cell());
            case HOLD -> {
                if (now - each.begin() > service.returning().hold().toNanos()) {
                    refuse(each.cell());
                } else {
                    held.add(each);
                }
            }
        }
    }

    private void refuse(long cell) {
        if (!Cell.withdrawn(cell)) {
            requests++;
            refused++;
        }
    }

    private void user(long cell, Side side, String slice, long now) {
        var asked = side == Cell.side(cell)
                ? recorded(cell, Source.USER, now, null)
                : elsewhere(Cell.operation(cell), side, Source.USER, now, null);
        if (asked == null) {
            requests += Cell.withdrawn(cell) ? 0 : 1;
            unknown += Cell.withdrawn(cell) ? 0 : 1;
            return;
        }
        var candidates = hedgeable.get(asked.operation);
        if (candidates.size() == CANDIDATES) {
            candidates.removeFirst();
        }
        candidates.addLast(asked);
        var operation = asked.flight.operation;
        if (side == Side.STANDBY && operation.hedgeable() && controller.mirrors(operation, slice)) {
            elsewhere(asked.operation, Side.PRIMARY, Source.MIRROR, now, asked.flight);
        }
    }

    private Asked recorded(long cell, Source source, long now, @Nullable Flight partner) {
        return asked(cell, false, Cell.operation(cell), Cell.side(cell), source, now, partner);
    }

    private @Nullable Asked elsewhere(int operation, Side side, Source source, long now, @Nullable Flight partner) {
        OptionalLong cell = likely.of(side, operation, (now - recording.origin()) / Cell.TICK_NANOS);
        return cell.isEmpty() ? null : asked(cell.getAsLong(), true, operation, side, source, now, partner);
    }

    private Asked asked(
            long cell, boolean isAssumed, int operation, Side side, Source source, long now, @Nullable Flight partner) {
        var flight = partner == null
                ? judge.begin(service.operations().get(operation), side, source, now)
                : judge.pair(partner, source, now);
        var asked = new Asked(cell, isAssumed, operation, side, source, flight, now + took(cell));
        open.add(asked);
        if (source == Source.PROBE) {
            probes.begun(side, now);
        }
        return asked;
    }

    /** The middle of its step, but on the right side of the budget that it was judged by. */
    private long took(long cell) {
        var middle = Cell.Steps.middleNanos(Cell.step(cell));
        var budget = recording.operations().get(Cell.operation(cell)).budget().toNanos();
        if (Cell.withdrawn(cell)) {
            return middle;
        }
        return switch (Cell.outcome(cell)) {
            case IN_BUDGET -> Math.min(middle, Cell.wide(cell) ? budget / 2 : budget);
            case LATE -> Math.max(middle, budget + 1);
            case FAILED, NONE -> middle;
        };
    }

    /** In truth it was asked of that side because it was late or had failed at the other: so it is, if it is at the other again. */
    private void hedge(long cell, long now) {
        Asked first = null;
        for (var candidate : hedgeable.get(Cell.operation(cell))) {
            if (!candidate.hedged && (first == null || offDue(candidate, now) < offDue(first, now))) {
                first = candidate;
            }
        }
        if (first == null || offDue(first, now) > DUE_NANOS) {
            return;
        }
        first.hedged = true;
        if (first.side != Cell.side(cell)) {
            recorded(cell, Source.HEDGE, now, first.flight);
        }
    }

    private long offDue(Asked asked, long now) {
        var budget = recording.operations().get(asked.operation).budget().toNanos();
        var due = Cell.isBad(asked.cell)
                ? Math.min(asked.end, asked.flight.begin + budget / 2)
                : asked.flight.begin + budget / 2;
        return Math.abs(due - now);
    }

    /** All that has ended by now. */
    void end(long now) {
        while (!open.isEmpty() && open.peek().end <= now) {
            var asked = open.remove();
            if (Cell.withdrawn(asked.cell)) {
                asked.flight.withdrawn();
            } else {
                asked.flight.ended(outcome(asked), asked.end);
            }
            if (asked.source == Source.USER) {
                count(asked, asked.end);
            } else if (asked.source == Source.PROBE) {
                probes.ended(asked.side);
            }
        }
    }

    /** What is doubted is probed. */
    void probe(Set<Side> doubts, long now) {
        probes.look(doubts, now, (side, operation) -> elsewhere(operation, side, Source.PROBE, now, null));
    }

    private static Outcome outcome(Asked asked) {
        var waited = asked.end - asked.flight.begin;
        return Cell.isBad(asked.cell)
                ? Cell.outcome(asked.cell)
                : waited > asked.flight.operation.budget().toNanos() ? Outcome.LATE : Outcome.IN_BUDGET;
    }

    /** In truth the other side was asked as well, and was quicker: it is again. */
    private static boolean answeredElsewhere(Asked asked) {
        return Cell.elsewhere(asked.cell) && !asked.assumed;
    }

    private void count(Asked asked, long end) {
        if (answeredElsewhere(asked)) {
            return;
        }
        var budget = recording.operations().get(asked.operation).budget().toNanos();
        var isLate = end - asked.flight.begin > budget;
        var taken = Cell.withdrawn(asked.cell) || end < asked.end;
        if (taken && !isLate) {
            return;
        }
        requests++;
        assumed += asked.assumed ? 1 : 0;
        if (!taken && Cell.isBad(asked.cell)) {
            failed++;
        } else if (isLate) {
            late++;
        }
    }

    /** Users were moved: reads that wait where they are no more are taken back, and asked of the other side. */
    void look(long now) {
        for (var asked : List.copyOf(open)) {
            var settled = Cell.withdrawn(asked.cell) || answeredElsewhere(asked);
            if (asked.source != Source.USER || !asked.flight.operation.read() || settled) {
                continue;
            }
            var way = controller.users().way(asked.flight.operation, null, "", now);
            if (way == Way.to(asked.side.other())) {
                open.remove(asked);
                asked.flight.withdrawn();
                count(asked, now);
                if (elsewhere(asked.operation, asked.side.other(), Source.USER, now, null) == null) {
                    requests++;
                    unknown++;
                }
            }
        }
    }

    /** What users have got, with those that wait until now. */
    WhatIf.Counts counts(long now) {
        for (var asked : open) {
            if (asked.source == Source.USER && asked.flight.begin < now) {
                count(asked, Math.min(asked.end - 1, now));
            }
        }
        return new WhatIf.Counts(requests, late, failed, refused, unknown, assumed);
    }
}
