package de.doppelboden.register;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import java.time.Duration;
import java.util.List;

/** What users of the register do, and what the standby does with each of it. */
public final class RegisterOperations {

    public static final String LOGIN = "register.login";
    /** Opening the log-in form: what a probe does, and no log-in, because that costs a password's hash on either side. */
    public static final String LOGIN_FORM = "register.login-form";

    public static final String SEARCH = "register.search";
    public static final String VIEW = "register.view";
    public static final String CERTIFICATE = "register.certificate";
    public static final String MOVE = "register.move";
    public static final String BLOCK = "register.block";
    public static final String IMMIGRATE = "register.immigrate";
    public static final String CIVIL = "register.civil";
    public static final String API_SEARCH = "register.api-search";

    /** All of them read or write residents: they move to the other side together. */
    private static final String RESIDENTS = "residents";

    private RegisterOperations() {}

    /**
     * @param budget later than this is late in the user's eyes; a certificate may take twice, a log-in four times as long
     * @param equivalent both sides answer the person-search interface alike; pages never are, they are different programs
     */
    public static List<Operation> all(Duration budget, boolean equivalent) {
        var slow = budget.multipliedBy(2);
        var logIn = budget.multipliedBy(4);
        return List.of(
                new Operation(LOGIN, true, Policy.SAFE, logIn, false, RESIDENTS),
                new Operation(LOGIN_FORM, true, Policy.SAFE, budget, false, RESIDENTS),
                new Operation(SEARCH, true, Policy.SAFE, budget, false, RESIDENTS),
                new Operation(VIEW, true, Policy.SAFE, budget, false, RESIDENTS),
                new Operation(CERTIFICATE, true, Policy.SAFE, slow, false, RESIDENTS),
                new Operation(MOVE, false, Policy.PROVISIONAL, budget, false, RESIDENTS),
                new Operation(BLOCK, false, Policy.SAFE, budget, false, RESIDENTS),
                new Operation(IMMIGRATE, false, Policy.REVIEW, budget, false, RESIDENTS),
                new Operation(CIVIL, false, Policy.FORBIDDEN, budget, false, RESIDENTS),
                new Operation(API_SEARCH, true, Policy.SAFE, budget, equivalent, RESIDENTS));
    }
}
