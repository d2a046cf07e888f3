package de.doppelboden.supervisor;

/** The product's database as the supervisor looks after it. */
sealed interface ProductDatabase permits KeptDatabase, OthersDatabase {

    void start();

    /** Whether it has yet to be made, which takes longest of all. */
    boolean isNew();

    /** Whether it has its tables and, if it is ours, runs. */
    boolean ready();

    /** What went wrong last; empty when nothing did. */
    String trouble();

    void stop() throws InterruptedException;
}
