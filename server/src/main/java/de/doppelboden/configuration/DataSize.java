package de.doppelboden.configuration;

/** A number of bytes. Written with B, KB, MB or GB, which are powers of 1024. */
public record DataSize(long bytes) implements Comparable<DataSize> {

    private static final String[] UNITS = {"GB", "MB", "KB", "B"};

    public static DataSize parse(String text) {
        String compact = text.strip().replace("iB", "B");
        for (int i = 0; i < UNITS.length; i++) {
            if (compact.endsWith(UNITS[i])) {
                String number = compact.substring(0, compact.length() - UNITS[i].length());
                return new DataSize(Math.multiplyExact(Numbers.whole(number), factor(i)));
            }
        }
        throw new IllegalArgumentException("no unit");
    }

    private static long factor(int unit) {
        return 1L << (10 * (UNITS.length - 1 - unit));
    }

    /** The size as an array length; sizes in the configuration are bounded so that it fits. */
    public int asInt() {
        return Math.toIntExact(bytes);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        for (int i = 0; i < UNITS.length; i++) {
            if (bytes != 0 && bytes % factor(i) == 0) {
                return bytes / factor(i) + UNITS[i];
            }
        }
        return "0B";
    }
}
