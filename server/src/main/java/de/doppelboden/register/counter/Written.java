package de.doppelboden.register.counter;

/** What became of an act. */
sealed interface Written {

    /** Durable, now or before: the clerk gets the receipt. */
    record Done() implements Written {}

    /** There is no such person for this clerk. */
    record NotThere() implements Written {}

    /** The record is not the one that the form was made from. */
    record Changed() implements Written {}

    /** The primary serves again; nothing was written. */
    record Fenced() implements Written {}

    /** Whether it was written is not known; the same form may be sent again. */
    record Unavailable() implements Written {}
}
