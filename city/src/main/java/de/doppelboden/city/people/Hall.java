package de.doppelboden.city.people;

import java.util.List;

/** Where the citizens of one customer centre wait, in the order of their arrival. Thread-safe. */
final class Hall {

    private final List<Day.Arrival> arrivals;
    private long opened;
    private int called;

    Hall(List<Day.Arrival> arrivals) {
        this.arrivals = arrivals;
    }

    /** The doors open at this instant; who is first in the list is there already. */
    synchronized void open(long instant) {
        opened = instant;
    }

    /** Somebody who was called, and when she comes. */
    record Called(Citizen citizen, long at) {}

    /** The next one is called; a desk waits until she is there. */
    synchronized Called call() {
        if (called >= arrivals.size()) {
            throw new IllegalStateException("nobody else comes today; " + called + " came");
        }
        Day.Arrival next = arrivals.get(called++);
        return new Called(next.citizen(), opened + next.after());
    }

    /** Those who came before the instant and were not called yet go home; they are called no more. */
    synchronized List<Citizen> sendAway(long before) {
        int from = called;
        while (called < arrivals.size() && opened + arrivals.get(called).after() < before) {
            called++;
        }
        return arrivals.subList(from, called).stream().map(Day.Arrival::citizen).toList();
    }

    /** How many have come until the instant, called or not. */
    synchronized int came(long until) {
        return (int) arrivals.stream().filter(a -> opened + a.after() < until).count();
    }
}
