package de.doppelboden.continuity.judge;

/** How much likelier it is that two sides fail in shares of their own than that both fail in the same. */
final class Luck {

    /** The logarithm of how many times likelier it must be that both sides fail differently often than that chance makes it seem so. */
    private static final double NO_CHANCE = 6;

    /** The same for a class: there are many, and chance picks one. */
    private static final double NO_CHANCE_OF_MANY = 10;

    private Luck() {}

    /** Whether it is no chance that more of these failed than of the others. */
    static boolean isNoChance(int some, int all, int others, int allOthers, boolean oneOfMany) {
        return against(some, all, others, allOthers) >= (oneOfMany ? NO_CHANCE_OF_MANY : NO_CHANCE);
    }

    /**
     * The logarithm of the likelihood ratio (S. Wilks, 1938); 0 if the other one fails as often at least.
     *
     * @param some of {@code all} that failed here
     * @param others of {@code allOthers} that failed there
     */
    private static double against(int some, int all, int others, int allOthers) {
        if (allOthers == 0 || some * (long) allOthers <= others * (long) all) {
            return 0;
        }
        return likelihood(some, all) + likelihood(others, allOthers) - likelihood(some + others, all + allOthers);
    }

    /** The logarithm of the likelihood of so many in all, if the share is what was seen. */
    private static double likelihood(int some, int all) {
        return some == 0 || some == all
                ? 0
                : some * Math.log((double) some / all) + (all - some) * Math.log((double) (all - some) / all);
    }
}
