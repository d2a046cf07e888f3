package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import java.util.List;

/** One class on both sides, or all of both sides. */
final class SideBySide {

    private final Watch primary;
    private final Watch standby;
    private final UsualTraffic usual = new UsualTraffic();
    private final Traffic toPrimary;
    private final Traffic toStandby;
    private final long[] wellBefore = new long[Side.values().length];
    private Served byPrimary = Served.NOTHING;
    private Served byStandby = Served.NOTHING;

    /** @param kept how many outcomes of each side are kept */
    SideBySide(JudgeSettings settings, int kept) {
        primary = new Watch(settings.history().toNanos(), kept);
        standby = new Watch(settings.history().toNanos(), kept);
        toPrimary = new Traffic(settings.tick(), usual);
        toStandby = new Traffic(settings.tick(), usual);
    }

    Watch watch(Side side) {
        return side == Side.PRIMARY ? primary : standby;
    }

    Traffic traffic(Side side) {
        return side == Side.PRIMARY ? toPrimary : toStandby;
    }

    /** Something bad has come back from that side. */
    void beginsToFail(Side side, SideBySide all) {
        if (!watch(side).outcome.raised()) {
            wellBefore[side.ordinal()] = wellElsewhere(side, all);
        }
    }

    /** How many of users' requests of other classes were answered well there since this one began to fail. */
    long wellElsewhereSince(Side side, SideBySide all) {
        return wellElsewhere(side, all) - wellBefore[side.ordinal()];
    }

    private long wellElsewhere(Side side, SideBySide all) {
        return all.served(side).good() - served(side).good();
    }

    /** So many seconds of traffic become its rates. */
    void closeTraffic(double seconds) {
        toPrimary.closeBatch(seconds);
        toStandby.closeBatch(seconds);
        usual.close(seconds);
    }

    void served(Side side, Source source, Grade grade, boolean worseThanPartner) {
        if (side == Side.PRIMARY) {
            byPrimary = byPrimary.and(source, grade, worseThanPartner);
        } else {
            byStandby = byStandby.and(source, grade, worseThanPartner);
        }
    }

    void servedOtherwise(Side side, Operation operation) {
        if (side == Side.PRIMARY) {
            byPrimary = byPrimary.andOtherwise(operation.name());
        } else {
            byStandby = byStandby.andOtherwise(operation.name());
        }
    }

    Served served(Side side) {
        return side == Side.PRIMARY ? byPrimary : byStandby;
    }

    void nextTick(long now) {
        for (var side : Side.values()) {
            traffic(side).nextTick();
            watch(side).samples.nextPass(now);
            watch(side).stall.nextPass();
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

    /**
     * The same of another class, if this one has not been seen there at the same time: it does not speak for itself. If the other
     * fails there on its own, what was seen lately is enough.
     *
     * @param begun when what is bad was begun
     */
    void sharedByAnother(Side side, Grade grade, long begun, boolean onItsOwn) {
        var ill = watch(side.other());
        for (var suspicion : List.of(ill.slowness, ill.outcome)) {
            if (suspicion.raised() && unseenOn(side, onItsOwn ? suspicion.since(begun) : begun)) {
                suspicion.sharedBy(grade);
            }
        }
    }
}
