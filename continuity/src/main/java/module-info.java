/** The continuity cycle. Requires nothing but the JDK: the compiler is the wall around it. */
module de.doppelboden.continuity {
    requires static org.jspecify;

    exports de.doppelboden.continuity;
    exports de.doppelboden.continuity.failover;
    exports de.doppelboden.continuity.feed;
    exports de.doppelboden.continuity.hindsight;
    exports de.doppelboden.continuity.journal;
    exports de.doppelboden.continuity.judge;
    exports de.doppelboden.continuity.ownership;
}
