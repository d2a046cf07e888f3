package de.doppelboden.evidence;

/** What became of checking the chain. The sentence is for an operator. */
public sealed interface Verified {

    String sentence();

    /**
     * Nothing was changed.
     *
     * @param entries that are chained
     * @param unchained that were committed in the last moment and are not chained yet
     */
    record Intact(long entries, long unchained, Head head, int anchors) implements Verified {

        @Override
        public String sentence() {
            return entries + " entries are as they were written, up to " + head + "; " + anchors + " anchors agree, "
                    + unchained + " entries are not chained yet";
        }
    }

    /**
     * Something was.
     *
     * @param position in the chain, the first at which it shows
     * @param entry number of the entry; 0 when it is not known any more
     */
    record Broken(Kind kind, long position, long entry, String sentence) implements Verified {}

    /** What was done to the log. */
    enum Kind {
        /** A row says something else than it did. */
        CHANGED,
        /** A row is gone from the midst. */
        REMOVED,
        /** A row is there that was not written by the log. */
        INSERTED,
        /** The last rows are gone. */
        CUT_OFF,
        /** The chain fits, but not to what was kept outside: it was made anew. */
        REWRITTEN
    }
}
