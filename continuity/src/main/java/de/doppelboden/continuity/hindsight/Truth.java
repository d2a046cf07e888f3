package de.doppelboden.continuity.hindsight;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.judge.Cell;
import de.doppelboden.continuity.judge.Recording;

/** What a recording says by itself: how long users were on the standby, and what they got. */
final class Truth {

    private Truth() {}

    /** The nanoseconds in which it served. */
    static long onStandby(Recording recording) {
        var sum = 0L;
        var since = recording.from();
        var serving = recording.stand(since).serving();
        for (var each : recording.stands()) {
            if (each.from() > since) {
                sum += serving == Side.STANDBY ? each.from() - since : 0;
                since = each.from();
                serving = each.serving();
            }
        }
        return sum + (serving == Side.STANDBY ? recording.until() - since : 0);
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
                requests += wasLate || !Cell.withdrawn(cell) && !Cell.elsewhere(cell) ? count : 0;
            }
        }
        return new WhatIf.Counts(requests, late, failed, 0, 0, 0);
    }
}
