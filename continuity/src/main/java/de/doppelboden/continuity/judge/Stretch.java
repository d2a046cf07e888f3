package de.doppelboden.continuity.judge;

/** When the requests of a stretch of nothing but bad ones were begun; nothing of that is forgotten before it ends. */
final class Stretch {

    private long began;
    private double sum;
    private long number;

    void bad(long begun) {
        if (number == 0 || begun - began < 0) {
            sum += number == 0 ? 0 : (double) number * (began - begun);
            began = begun;
        }
        sum += begun - began;
        number++;
    }

    /** The middle of their beginnings, if there are any and it is earlier than that. */
    long middle(long atLatest) {
        var own = number > 0 ? began + (long) (sum / number) : atLatest;
        return own - atLatest < 0 ? own : atLatest;
    }

    /** The next bad one begins another. */
    void ends() {
        sum = 0;
        number = 0;
    }
}
