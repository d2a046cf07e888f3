package de.doppelboden.city.limping;

/**
 * How a group stood at one moment.
 *
 * @param second of the replay
 * @param health the status of the primary's health URL, asked by the replay itself; 0: no answer
 * @param healthMillis how long that took
 * @param primaryBusy requests that the primary works at or that wait for it
 * @param standbyBusy the same of the standby
 */
record Sample(double second, int health, double healthMillis, int primaryBusy, int standbyBusy, View view) {

    boolean healthGreen() {
        return health == 200;
    }
}
