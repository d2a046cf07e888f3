package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Verdict;

/** Takes what persons order, and refuses with a sentence what would do harm. */
final class OrderDesk {

    private final FailoverController controller;
    private final Service service;
    private final Position position;

    OrderDesk(FailoverController controller, Service service, Position position) {
        this.controller = controller;
        this.service = service;
        this.position = position;
    }

    Decision carryOut(Order order, Circumstances now, Evidence evidence) {
        return switch (order) {
            case Order.FailOver ordered -> failOver(ordered, now, evidence);
            case Order.FailBack ordered -> failBack(ordered, now, evidence);
            case Order.Pause ordered -> {
                controller.pause();
                yield new Decision(Decision.Action.MODE, "paused by a person: " + ordered.reason());
            }
            case Order.Resume ordered -> act(controller.resumeMode(), ordered.reason());
            case Order.Act ordered -> act(ordered.mode(), ordered.reason());
            case Order.Prove ordered ->
                position.state == State.NORMAL
                        ? controller.beginExercise(ordered, now)
                        : Decision.refuse("an exercise begins only while the primary serves");
            case Order.EndExercise ordered ->
                position.state == State.EXERCISING
                        ? controller.endExercise(ordered.reason())
                        : Decision.refuse("there is no exercise");
            case Order.LiftReturnBound ordered -> {
                controller.liftReturnBound();
                yield new Decision(
                        Decision.Action.MODE, "failed returns are forgotten by a person's word: " + ordered.reason());
            }
            case Order.DeclareGone ordered -> {
                controller.declareGone(ordered.gateway());
                yield new Decision(
                        Decision.Action.MODE,
                        "gateway %s is gone by a person's word: %s".formatted(ordered.gateway(), ordered.reason()));
            }
        };
    }

    private Decision act(Mode mode, String why) {
        if (mode == Mode.PAUSED) {
            controller.pause();
        } else {
            position.mode = mode;
        }
        return new Decision(Decision.Action.MODE, "the mode is %s: %s".formatted(mode, why));
    }

    private Decision failOver(Order.FailOver order, Circumstances now, Evidence evidence) {
        if (position.state.serving() == Side.STANDBY) {
            return Decision.refuse("users are on the standby or on their way to it already");
        }
        var hindrance = controller.hindrance(now);
        if (hindrance.isPresent()) {
            return Decision.refuse(hindrance.get());
        }
        if (evidence.standby() == Verdict.FAILED && evidence.primary() != Verdict.FAILED) {
            return Decision.refuse("the standby gives users nothing of use now: " + evidence.sentence());
        }
        var decision = controller.failOver("ordered by a person: " + order.reason());
        position.byOrder = true;
        return decision;
    }

    private Decision failBack(Order.FailBack order, Circumstances now, Evidence evidence) {
        return switch (position.state) {
            case NORMAL, EXERCISING -> Decision.refuse("users are on the primary already");
            case FAILING_OVER -> Decision.refuse("users are on their way to the standby; that ends first");
            case RETURNING -> Decision.refuse("users are on their way back already");
            case ON_STANDBY -> {
                if (position.byOrder) {
                    position.byOrder = false;
                    yield new Decision(
                            Decision.Action.MODE,
                            "the order that keeps users on the standby is lifted, and the primary must prove itself: "
                                    + order.reason());
                }
                yield service.keys() == KeyKind.FREE && evidence.speaksAgainst(Side.STANDBY)
                        ? controller.returnNow("ordered by a person: " + order.reason(), now)
                        : Decision.refuse("the primary has not proven itself yet: " + evidence.sentence());
            }
            case RECONCILING ->
                controller.rampPassed()
                        ? controller.returnNow("ordered by a person: " + order.reason(), now)
                        : Decision.refuse("the primary has not proven itself yet: " + controller.rampProgress());
        };
    }
}
