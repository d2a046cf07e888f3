package de.doppelboden.cli;

/** Ends a command with a line for its user, who is told what to do next, and an exit code. */
final class Failure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exit;

    Failure(int exit, String line) {
        super(line);
        this.exit = exit;
    }

    int exit() {
        return exit;
    }

    /** Ends the program with the line and the code. */
    void end() {
        System.err.println(getMessage());
        System.exit(exit);
    }
}
