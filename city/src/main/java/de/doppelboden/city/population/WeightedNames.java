package de.doppelboden.city.population;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** A ranked list of names; the first are drawn most often (Zipf with a flattened head). */
final class WeightedNames {

    private final List<String> names;
    private final double[] cumulated;

    /** Weight of rank i: 1 / (i + 1 + shift)^exponent. */
    WeightedNames(List<String> ranked, double exponent, double shift) {
        names = List.copyOf(ranked);
        cumulated = new double[names.size()];
        double sum = 0;
        for (int rank = 0; rank < cumulated.length; rank++) {
            sum += 1 / Math.pow(rank + 1 + shift, exponent);
            cumulated[rank] = sum;
        }
    }

    String next(RandomGenerator random) {
        int at = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[cumulated.length - 1]);
        return names.get(Math.min(at < 0 ? -at - 1 : at, names.size() - 1));
    }

    List<String> names() {
        return names;
    }
}
