package de.doppelboden.continuity.journal;

/** Where an entry of the journal stands on its way to the primary. */
public enum EntryState {
    /** Was under way to the primary, unanswered, when users were moved: the primary is asked whether it has it. */
    SUSPECT,
    /** Done on the standby; the primary does not have it yet. */
    OPEN,
    /** An attempt to apply it was begun and its end is not noted: the primary is asked before it is tried again. */
    TRYING,
    /** The primary does not have it, and a person must confirm it first. */
    REVIEW,
    APPLIED,
    /** The primary had it before it was replayed. */
    ALREADY_APPLIED,
    /** The primary's record has changed meanwhile: a person decides, seeing both versions. */
    CONFLICT,
    /** The primary cannot say whether it has it: a person looks. */
    UNKNOWN,
    /** A person has decided that it is to be applied to the primary's present record. */
    DECIDED_APPLY,
    /** A person has decided that it is not to be applied, or a suspect turned out never to have been carried out. */
    DROPPED;

    /** The reconciler still has work with it. */
    public boolean open() {
        return switch (this) {
            case SUSPECT, OPEN, TRYING, DECIDED_APPLY -> true;
            case REVIEW, APPLIED, ALREADY_APPLIED, CONFLICT, UNKNOWN, DROPPED -> false;
        };
    }

    /** A person has to decide. */
    public boolean onWorklist() {
        return switch (this) {
            case REVIEW, CONFLICT, UNKNOWN -> true;
            case SUSPECT, OPEN, TRYING, APPLIED, ALREADY_APPLIED, DECIDED_APPLY, DROPPED -> false;
        };
    }
}
