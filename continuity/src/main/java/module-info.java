/** The continuity cycle. Requires nothing but the JDK: the compiler is the wall around it. */
module de.doppelboden.continuity {
    requires static org.jspecify;

    exports de.doppelboden.continuity;
}
