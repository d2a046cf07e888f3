package de.doppelboden.configuration;

/** A share of a whole, written as {@code 5%}; {@link #share} is between 0 and 1. */
public record Percent(double share) implements Comparable<Percent> {

    public static Percent parse(String text) {
        String stripped = text.strip();
        if (!stripped.endsWith("%")) {
            throw new IllegalArgumentException("no percent sign");
        }
        return new Percent(
                Double.parseDouble(stripped.substring(0, stripped.length() - 1).strip()) / 100);
    }

    @Override
    public int compareTo(Percent other) {
        return Double.compare(share, other.share);
    }

    @Override
    public String toString() {
        double percent = Math.round(share * 100_000) / 1000.0;
        return (percent == Math.rint(percent) ? String.valueOf((long) percent) : String.valueOf(percent)) + "%";
    }
}
