package de.doppelboden.city.peer;

/** That what is measured against is not on this machine. */
public final class PeerMissing extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param debianPackage that has the program
     */
    public PeerMissing(String program, String debianPackage) {
        super("The peer " + program + " is not installed (Debian: apt install " + debianPackage + ").");
    }
}
