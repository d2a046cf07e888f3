package de.doppelboden.city.limping;

import de.doppelboden.city.people.Diary.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one person came to.
 *
 * @param requests each page asked for and each form sent, in order
 * @param form what she was told of her form in the end; null if she never sent it
 */
record Visit(
        int person,
        Errand errand,
        Outcome outcome,
        List<Request> requests,
        @Nullable Told form) {

    enum Outcome {
        /** She got what she came for. */
        SERVED,
        /** She sent her form and was not told what became of it; sending it again could enter it twice. */
        UNCLEAR,
        /** Her patience ended. */
        SENT_AWAY
    }

    enum Told {
        DONE,
        REFUSED,
        /** "Outcome unknown", or no answer at all. */
        NOTHING
    }
}
