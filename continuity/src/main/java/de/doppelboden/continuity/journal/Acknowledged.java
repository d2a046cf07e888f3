package de.doppelboden.continuity.journal;

/**
 * What users were told is done on the standby in an exercise, held against the journal once its keys are back.
 *
 * @param missing of {@code acts}, so many the journal does not have: they are lost
 */
public record Acknowledged(int acts, int missing) {}
