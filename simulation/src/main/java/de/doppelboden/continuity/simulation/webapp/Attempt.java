package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.judge.Flight;
import java.util.Optional;
import java.util.function.Consumer;

/** One request as it was sent to one side, until it has an answer, is given up, or is withdrawn. */
final class Attempt implements WebServer.Work {

    static final double GIVES_UP_SECONDS = 5;

    /**
     * What is sent.
     *
     * @param usersError wrong in itself, so that it fails on any side
     * @param key the idempotency key, empty without one
     */
    record Request(int page, Operation operation, boolean usersError, Optional<Write> write, String key) {}

    private final Relay relay;
    private final Request request;
    private final Consumer<Outcome> heard;
    final Side side;
    final long begun;
    final Optional<Flight> flight;
    private boolean over;

    Attempt(Relay relay, Request request, Side side, Optional<Flight> flight, Consumer<Outcome> heard) {
        this.relay = relay;
        this.request = request;
        this.side = side;
        this.flight = flight;
        this.heard = heard;
        this.begun = relay.nanos();
    }

    @Override
    public int page() {
        return request.page();
    }

    @Override
    public boolean usersError() {
        return request.usersError();
    }

    @Override
    public boolean left() {
        return over;
    }

    @Override
    public void carryOut() {
        request.write().ifPresent(what -> relay.effect(side, what, request.key()));
    }

    /** The side has answered, or will not; the gateway hears it when it runs. */
    @Override
    public void answer(Outcome outcome) {
        if (!over) {
            relay.whenRunning(() -> hear(outcome));
        }
    }

    private void hear(Outcome outcome) {
        if (!over) {
            var late = relay.nanos() - begun > request.operation().budget().toNanos();
            end();
            var got = outcome == Outcome.IN_BUDGET && late ? Outcome.LATE : outcome;
            flight.ifPresent(seen -> relay.reports(seen, side, got));
            heard.accept(got);
        }
    }

    /** Says no more to the judge than it has said so far. */
    void withdraw() {
        if (!over) {
            end();
            flight.ifPresent(Flight::withdrawn);
        }
    }

    private void end() {
        over = true;
        if (flight.isPresent()) {
            relay.ended();
        }
    }

    boolean over() {
        return over;
    }
}
