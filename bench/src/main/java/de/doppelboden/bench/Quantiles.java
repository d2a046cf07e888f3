package de.doppelboden.bench;

import java.util.Arrays;
import java.util.Collection;

/** What many measurements of the same come to. */
final class Quantiles {

    private final double[] sorted;

    private Quantiles(double[] sorted) {
        this.sorted = sorted;
    }

    static Quantiles of(Collection<? extends Number> figures) {
        return new Quantiles(
                figures.stream().mapToDouble(Number::doubleValue).sorted().toArray());
    }

    int count() {
        return sorted.length;
    }

    /**
     * The smallest figure that so large a share of all does not exceed (nearest rank); NaN without figures.
     *
     * @param share above 0, at most 1
     */
    double at(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("not a share: " + share);
        }
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    /** The one in the middle, or half way between the two there. */
    static double median(double... figures) {
        double[] copy = figures.clone();
        Arrays.sort(copy);
        int middle = copy.length / 2;
        if (copy.length == 0) {
            return Double.NaN;
        }
        return copy.length % 2 == 1 ? copy[middle] : (copy[middle - 1] + copy[middle]) / 2;
    }

    static double median(Collection<? extends Number> figures) {
        return median(figures.stream().mapToDouble(Number::doubleValue).toArray());
    }
}
