package de.doppelboden.continuity.hindsight;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.ProofSettings;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.failover.Circumstances;
import de.doppelboden.continuity.failover.FailoverController;
import de.doppelboden.continuity.failover.Independence;
import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.judge.Judge;
import de.doppelboden.continuity.judge.Likely;
import de.doppelboden.continuity.judge.Recording;
import de.doppelboden.continuity.ownership.LoneStore;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Steward;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Plays a recording again, through the same judge and controller with other settings: when would users have been moved, and what
 * would they have got? A request that goes where it went in truth gets what it got; one that goes to the other side gets what that
 * side gave at that time ({@link Likely}), which knows nothing of the load that it would have brought. Orders of people, exercises
 * and changes are not played; the controller is in mode automatic.
 */
public final class WhatIf {

    /** So much is shown at most. */
    private static final int STEPS_AT_MOST = 200;

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final String GATEWAY = "what-if";
    private static final FeedState NO_STANDBY =
            new FeedState(FeedState.Phase.FIRST_COPY, Optional.empty(), "so it was at that time");

    private final Recording recording;
    private final Service service;
    private final PlayedTime time;
    private final long end;
    private final Judge judge;
    private final Steward steward;
    private final LoneStore store;
    private final FailoverController controller;
    private final PlayedUsers users;
    private final List<Recording.Pause> pauses;
    private final List<Step> steps = new ArrayList<>();
    private int pause;
    private long exchanged;

    /** A decision that would have been taken. */
    public record Step(Instant at, State state, Decision decision) {}

    /**
     * What users got, by the budgets that are in force.
     *
     * @param late answered late, or taken elsewhere when it was late already
     * @param failed got a wrong answer, or none
     * @param refused writes that the standby does not take, or that waited in vain
     * @param unknown of which nothing is known: nobody asked that side at that time
     * @param assumed of all, those that went elsewhere than in truth
     */
    public record Counts(long requests, long late, long failed, long refused, long unknown, long assumed) {}

    /**
     * @param until how far it was played
     * @param standbySeconds how long the standby would have served
     */
    public record Result(List<Step> steps, Counts users, Instant until, long standbySeconds) {
        public Result {
            steps = List.copyOf(steps);
        }
    }

    private static final class PlayedTime implements Time {
        private final Recording recording;
        private long now;

        PlayedTime(Recording recording) {
            this.recording = recording;
            this.now = recording.from();
        }

        @Override
        public Instant wall() {
            return recording.wall(now);
        }

        @Override
        public long nanos() {
            return now;
        }
    }

    private WhatIf(Recording recording, Service as, double budgets) {
        var cells = recording.sorted();
        this.recording = recording;
        var operations = recording.operations().stream()
                .map(each -> each.within(
                        each.budget().multipliedBy(Math.round(budgets * 1000)).dividedBy(1000)))
                .toList();
        this.time = new PlayedTime(recording);
        this.end = recording.until();
        this.service = new Service(
                as.id(),
                as.keys(),
                as.sharedState(),
                operations,
                Mode.AUTOMATIC,
                as.judge(),
                as.returning(),
                as.lease(),
                ProofSettings.DEFAULT);
        this.judge = new Judge(service, time);
        var owner = recording.stand(recording.from()).serving();
        var first = new Ownership(0, owner, Slice.NOBODY, time.wall(), "so it was at the beginning of the recording");
        this.store = new LoneStore(first);
        this.steward =
                new Steward(GATEWAY, service.lease(), time, new Steward.Kept(first, Optional.of(Set.of())), kept -> {});
        this.controller = new FailoverController(
                service, time, judge, steward, FailoverController.first(service, first, time.wall()));
        this.users = new PlayedUsers(recording, cells, service, judge, controller);
        this.pauses = recording.pauses().stream()
                .filter(each -> each.until() > recording.from())
                .toList();
    }

    /**
     * @param as its settings, keys and state are those to play with; its operations are the recording's
     * @param budgets the operations' own are multiplied by this
     * @param goOn asked every second of the recording; it ends early when this says no
     */
    public static Result play(Recording recording, Service as, double budgets, BooleanSupplier goOn) {
        return recording.operations().isEmpty()
                ? new Result(List.of(), new Counts(0, 0, 0, 0, 0, 0), recording.at(), 0)
                : new WhatIf(recording, as, budgets).played(goOn);
    }

    /** What users got in truth. */
    public static Counts inTruth(Recording recording) {
        return Truth.counts(recording);
    }

    /** How long users were on the standby in truth. */
    public static long standbySecondsInTruth(Recording recording) {
        return Truth.onStandby(recording) / SECOND_NANOS;
    }

    private Result played(BooleanSupplier goOn) {
        var tick = service.judge().tick().toNanos();
        var onStandby = 0L;
        var nextSecond = time.now;
        steward.exchange(store);
        while (time.now < end) {
            if (time.now >= nextSecond) {
                if (!goOn.getAsBoolean()) {
                    break;
                }
                nextSecond += SECOND_NANOS;
            }
            users.begin(time.now, time.now + tick);
            time.now += tick;
            users.end(time.now);
            tellPauses();
            pass();
            onStandby += controller.users().serving() == Side.STANDBY ? tick : 0;
        }
        return new Result(steps, users.counts(time.now), time.wall(), onStandby / SECOND_NANOS);
    }

    private void tellPauses() {
        for (; pause < pauses.size() && pauses.get(pause).until() <= time.now; pause++) {
            judge.lagged(pauses.get(pause).from(), pauses.get(pause).until());
        }
    }

    private void pass() {
        var decision = controller.step(circumstances());
        if (decision.noteworthy()) {
            note(decision);
            users.look(time.now);
        }
        users.probe(controller.evidence().doubts(), time.now);
        if (!steward.idle() || time.now - exchanged > service.lease().renew().toNanos()) {
            exchanged = time.now;
            steward.exchange(store);
        }
    }

    private void note(Decision decision) {
        var again = !steps.isEmpty() && steps.getLast().decision().equals(decision);
        if (!again && steps.size() < STEPS_AT_MOST) {
            steps.add(new Step(time.wall(), controller.state(), decision));
        }
    }

    private Circumstances circumstances() {
        var stand = recording.stand(time.now);
        return new Circumstances(
                stand.hindered() ? NO_STANDBY : FeedState.NOT_NEEDED,
                Optional.of(Backlog.EMPTY),
                0,
                Optional.empty(),
                new Independence(Map.of(), Map.of()),
                Optional.empty());
    }
}
