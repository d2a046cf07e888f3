package de.doppelboden.gateway.relay;

import de.doppelboden.cycle.Observation;
import de.doppelboden.gateway.http.Call;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a user is answered, for the answer to the mirrored read to be compared with. The user's thread tells, the mirror's asks and
 * waits; the user waits for nothing. Close it when the user has all of the answer.
 */
public final class Original implements AutoCloseable {

    /** Of a read that is not mirrored, or that nothing is compared with. */
    public static final Original NONE = new Original(Compares.NOTHING, () -> 0);

    private static final int NOT_MODIFIED = 304;

    private enum Compares {
        NOTHING,
        STATUS,
        CONTENT
    }

    private final Compares compares;
    private final LongSupplier patience;
    private final BodySum sum = new BodySum();
    private final CountDownLatch known = new CountDownLatch(1);
    private volatile Call.@Nullable Responded good;

    private Original(Compares compares, LongSupplier patience) {
        this.compares = compares;
        this.patience = patience;
    }

    /**
     * @param content whether the bodies are compared as well; else the statuses only
     * @param patience how many nanoseconds whoever compares may still wait for the user to have her answer
     */
    public static Original of(boolean content, LongSupplier patience) {
        return new Original(content ? Compares.CONTENT : Compares.STATUS, patience);
    }

    /** Whether bodies are compared: then neither side must pack them, because each may do so in its own way. */
    public boolean comparesContent() {
        return compares == Compares.CONTENT;
    }

    /** This is the answer to be compared with, if it proves good; nothing has been read of its body yet. */
    public void begins(Call.Responded answer) {
        if (comparesContent()) {
            answer.summedBy(sum);
        }
    }

    /** It is, and goes to the user. */
    public void good(Call.Responded answer) {
        switch (compares) {
            case NOTHING -> {}
            case STATUS -> {
                good = answer;
                known.countDown();
            }
            case CONTENT -> good = answer;
        }
    }

    /** The user has it, or got none that is worth a comparison. */
    @Override
    public void close() {
        known.countDown();
    }

    /**
     * Whether the mirrored answer is another: a refusal or a redirection where the user had none; where content is compared, any other
     * bytes. If the user's is not known in time, a refusal says nothing: perhaps she was refused as well.
     */
    Observation.Word comparedWith(Call.Responded mirrored, BodySum mirroredSum) {
        if (compares == Compares.NOTHING) {
            return Observation.Word.ALIKE;
        }
        int other = mirrored.head().status();
        var answer = isKnown() ? good : null;
        if (answer == null) {
            return hundreds(other) > 2 ? Observation.Word.UNKNOWN : Observation.Word.ALIKE;
        }
        int status = answer.head().status();
        boolean bothWhole = status != NOT_MODIFIED && other != NOT_MODIFIED && answer.whole();
        boolean otherwise =
                hundreds(other) > hundreds(status) || comparesContent() && bothWhole && !sum.sameAs(mirroredSum);
        return otherwise ? Observation.Word.OTHERWISE : Observation.Word.ALIKE;
    }

    private boolean isKnown() {
        try {
            return known.await(patience.getAsLong(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What is not modified counts as answered. */
    private static int hundreds(int status) {
        return status == NOT_MODIFIED ? 2 : status / 100;
    }
}
