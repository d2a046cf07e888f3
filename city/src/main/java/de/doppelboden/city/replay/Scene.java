package de.doppelboden.city.replay;

import java.time.Duration;
import java.time.LocalTime;

/**
 * A part of the outage that was played in real time, and the hours after it that were skipped.
 *
 * @param name in German, for the report
 * @param cityTime when it begins in the city
 * @param from and until: instants of the replay's clock
 * @param skipped hours of the city after it until the next scene begins
 * @param wentWrong the share of requests that went wrong when it ended; what the skipped hours cost is extrapolated from it
 */
record Scene(String name, LocalTime cityTime, long from, long until, Duration skipped, Share wentWrong) {

    /** Of the requests of each group, from 0 to 1. */
    record Share(double alone, double floor) {

        double of(String group) {
            return group.equals("alone") ? alone : floor;
        }
    }

    double skippedMinutes() {
        return skipped.toMillis() / 60_000.0;
    }
}
