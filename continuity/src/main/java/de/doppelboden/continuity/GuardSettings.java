package de.doppelboden.continuity;

import java.time.Duration;

/**
 * What counts as a mass change: more than this share of all records, and more than the least number, within the window.
 *
 * @param deletedPermille thousandths of all records
 * @param least below this number nothing is a mass change
 */
public record GuardSettings(int deletedPermille, int movedPermille, int emptiedPermille, int least, Duration window) {

    public static final GuardSettings DEFAULT = new GuardSettings(5, 10, 10, 50, Duration.ofHours(1));
}
