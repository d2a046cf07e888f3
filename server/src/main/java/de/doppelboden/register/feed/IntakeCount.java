package de.doppelboden.register.feed;

/** What one batch did, or would do, to the copy. {@code moved} and {@code emptied} are among the changed. */
record IntakeCount(long added, long changed, long deleted, long moved, long emptied) {

    static final IntakeCount NOTHING = new IntakeCount(0, 0, 0, 0, 0);

    long written() {
        return added + changed + deleted;
    }

    IntakeCount plus(IntakeCount other) {
        return new IntakeCount(
                added + other.added,
                changed + other.changed,
                deleted + other.deleted,
                moved + other.moved,
                emptied + other.emptied);
    }

    IntakeCount withDeleted(long number) {
        return new IntakeCount(added, changed, number, moved, emptied);
    }
}
