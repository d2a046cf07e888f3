package de.doppelboden.identity;

/** What a person may do; one person may hold several. */
public enum Role {
    /** Switches services, opens permits, keeps the people. */
    OPERATOR,
    /** Serves citizens at a counter; decides the worklist of her own office. */
    CLERK,
    /** Serves at the civil registry; decides the worklist of her own office. */
    REGISTRAR,
    /** Duty press officer: tells the public. */
    PRESS,
    /** Reads everything, changes nothing. */
    AUDITOR;

    /** The name as Spring Security knows it. */
    public String authority() {
        return "ROLE_" + name();
    }
}
