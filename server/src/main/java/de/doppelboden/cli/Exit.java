package de.doppelboden.cli;

/** Exit codes of all commands, those of sysexits.h where one fits. Each command's help has the table. */
public final class Exit {

    public static final int OK = 0;
    /** Done, and the answer is no: an order was refused, a log was changed. */
    public static final int REFUSED = 1;

    public static final int USAGE = 64;
    /** Something that is needed is not here or does not answer. */
    public static final int UNAVAILABLE = 69;
    /** A fault of ours. */
    public static final int FAULT = 70;

    public static final int CONFIGURATION = 78;

    static final String[] TABLE = {
        "0:done",
        "1:the answer is no: an order was refused, something is not as it should be",
        "64:wrong usage",
        "69:something that is needed does not answer",
        "70:a fault of ours",
        "78:the configuration is wrong"
    };

    private Exit() {}
}
