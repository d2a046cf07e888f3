package de.doppelboden.city.webapp;

import java.util.random.RandomGenerator;

/** What a side does, by the second. */
@FunctionalInterface
public interface Script {

    /**
     * One request as the script sees it.
     *
     * @param second since the users came
     * @param path of the operation, without what all have in common
     * @param health whether it is the health URL that is asked
     * @param served how many requests this side has carried out so far
     */
    record Moment(boolean primary, double second, String path, boolean health, long served, RandomGenerator random) {}

    Behaviour at(Moment moment);
}
