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

    void nextTick() {
        for (var side : Side.values()) {
            traffic(side).nextTick();
            watch(side).samples.slowUnderWay = 0;
            watch(side).samples.lateUnderWay = 0;
        }
    }

    void overdue(Side side, Grade grade) {
        watch(side).samples.slowUnderWay++;
        if (grade == Grade.LATE) {
            watch(side).samples.lateUnderWay++;
        }
    }
}
