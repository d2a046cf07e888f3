package de.doppelboden.register.gate;

import java.util.List;

/** Somebody who works at the counter, as the primary's list of clerks says. */
record Clerk(String login, String name, String office, List<String> roles, List<String> rights) {

    Clerk {
        roles = List.copyOf(roles);
        rights = List.copyOf(rights);
    }

    /** Known by her log-in only; she sees nothing that needs a right. */
    static Clerk unknown(String login) {
        return new Clerk(login, login, "", List.of(), List.of());
    }
}
