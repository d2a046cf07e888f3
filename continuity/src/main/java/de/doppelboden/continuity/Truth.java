package de.doppelboden.continuity;

/** What a recording says by itself: where users were, and what they got. */
final class Truth {

    /** The beginning: half a minute. */
    private static final long FIRST_TICKS = 300;

    private Truth() {}

    /** The side on which more users were at the beginning. */
    static Side servedAtFirst(long[] cells) {
        var onStandby = 0L;
        var onPrimary = 0L;
        for (var cell : cells) {
            if (Cell.tick(cell) - Cell.tick(cells[0]) > FIRST_TICKS) {
                break;
            }
            if (Cell.source(cell) == Source.USER && Cell.side(cell) == Side.STANDBY) {
                onStandby += Cell.count(cell);
            } else if (Cell.source(cell) == Source.USER) {
                onPrimary += Cell.count(cell);
            }
        }
        return onStandby > onPrimary ? Side.STANDBY : Side.PRIMARY;
    }

    /** By the budgets that were in force. */
    static WhatIf.Counts counts(Recording recording) {
        var requests = 0L;
        var late = 0L;
        var failed = 0L;
        for (var cell : recording.sorted()) {
            var budget =
                    recording.operations().get(Cell.operation(cell)).budget().toNanos();
            if (Cell.source(cell) == Source.USER) {
                var count = Cell.count(cell);
                var wasLate = Cell.late(cell, budget);
                late += wasLate ? count : 0;
                failed += Cell.failed(cell) ? count : 0;
                requests += wasLate || !Cell.withdrawn(cell) ? count : 0;
            }
        }
        return new WhatIf.Counts(requests, late, failed, 0, 0, 0);
    }
}
