package de.doppelboden.continuity;

/** How the keys of a service may change sides. */
public enum KeyKind {
    /** Two owners for a moment do no harm (a stateless request, a number): each gateway moves them from what it sees. */
    FREE,
    /** Two owners would fork it (a mailbox, a record): it changes sides only by a fenced epoch in the store. */
    ORDERED
}
