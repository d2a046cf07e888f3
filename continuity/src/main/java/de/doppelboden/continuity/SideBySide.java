package de.doppelboden.continuity;

/** One class on both sides, or all of both sides. */
final class SideBySide {

    private final Watch primary;
    private final Watch standby;
    private final Traffic toPrimary = new Traffic();
    private final Traffic toStandby = new Traffic();
    private Served byPrimary = Served.NOTHING;
    private Served byStandby = Served.NOTHING;

    SideBySide(long historyNanos) {
        primary = new Watch(historyNanos);
        standby = new Watch(historyNanos);
    }

    Watch watch(Side side) {
        return side == Side.PRIMARY ? primary : standby;
    }

    Traffic traffic(Side side) {
        return side == Side.PRIMARY ? toPrimary : toStandby;
    }

    void served(Side side, Source source, Grade grade, boolean worseThanPartner) {
        if (side == Side.PRIMARY) {
            byPrimary = byPrimary.and(source, grade, worseThanPartner);
        } else {
            byStandby = byStandby.and(source, grade, worseThanPartner);
        }
    }

    Served served(Side side) {
        return side == Side.PRIMARY ? byPrimary : byStandby;
    }

    void nextTick(long now) {
        for (var side : Side.values()) {
            traffic(side).nextTick();
            watch(side).samples.nextPass(now);
        }
    }

    void overdue(Side side, Grade grade, long begun) {
        watch(side).samples.overdue(grade, begun);
    }

    /** Of this class something that was begun on that side since then has ended. */
    boolean seenOn(Side side, long nanos) {
        return !unseenOn(side, nanos);
    }

    /** Of this class nothing that was begun on that side since then has ended: it does not speak for itself. */
    boolean unseenOn(Side side, long nanos) {
        return watch(side).samples.since(nanos) == 0;
    }

    /** A side has given something bad: what speaks against the other and is no worse may have the same cause. */
    void shared(Side side, Grade grade) {
        watch(side.other()).slowness.sharedBy(grade);
        watch(side.other()).outcome.sharedBy(grade);
    }
}
