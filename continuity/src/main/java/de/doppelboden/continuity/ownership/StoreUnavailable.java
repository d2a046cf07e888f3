package de.doppelboden.continuity.ownership;

/** The store cannot be reached now. What was asked of it may or may not have taken effect. */
public final class StoreUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String reason) {
        super(reason);
    }

    public StoreUnavailable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
