package de.doppelboden.bench;

/**
 * What a figure has to reach.
 *
 * @param of the value itself, or its ratio to the peer's
 */
record Target(Of of, Bound bound, double must, double aim) {

    enum Of {
        VALUE,
        RATIO
    }

    enum Bound {
        AT_MOST,
        AT_LEAST
    }

    static Target atMost(double must, double aim) {
        return new Target(Of.VALUE, Bound.AT_MOST, must, aim);
    }

    static Target atLeast(double must, double aim) {
        return new Target(Of.VALUE, Bound.AT_LEAST, must, aim);
    }

    static Target ratioAtLeast(double must, double aim) {
        return new Target(Of.RATIO, Bound.AT_LEAST, must, aim);
    }

    static Target ratioAtMost(double must, double aim) {
        return new Target(Of.RATIO, Bound.AT_MOST, must, aim);
    }

    boolean met(double figure) {
        return reaches(figure, must);
    }

    boolean aimMet(double figure) {
        return reaches(figure, aim);
    }

    /** What was not measured (NaN) reaches nothing. */
    private boolean reaches(double figure, double limit) {
        return switch (bound) {
            case AT_MOST -> figure <= limit;
            case AT_LEAST -> figure >= limit;
        };
    }
}
