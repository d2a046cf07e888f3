package de.doppelboden.register.counter;

/** What a form says above its fields. */
public enum Notice {
    NONE,
    /** Taken over from the primary, which failed before it was sent. */
    SWITCHED,
    /** Taken over from the primary, which did not answer it. */
    UNANSWERED,
    /** The record is not the one that the form was made from. */
    CHANGED,
    /** Nothing was stored; it may be sent again. */
    NOT_NOW
}
