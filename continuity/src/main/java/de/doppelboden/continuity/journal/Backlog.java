package de.doppelboden.continuity.journal;

/**
 * What the journal still holds.
 *
 * @param open entries the reconciler can work on
 * @param held entries behind one of the same key on the worklist
 * @param worklist entries that wait for a person
 */
public record Backlog(int open, int held, int worklist) {

    public static final Backlog EMPTY = new Backlog(0, 0, 0);
}
