package de.doppelboden.console;

import de.doppelboden.identity.Role;
import de.doppelboden.identity.Session;
import java.util.Set;

/** The parts of the console, in the order of the navigation, and whom each is open to. */
enum Area {
    SITUATION("/", Set.of(Role.values())),
    WORKLIST("/arbeitsliste", Set.of(Role.OPERATOR, Role.CLERK, Role.REGISTRAR, Role.AUDITOR)),
    EVIDENCE("/protokoll", Set.of(Role.OPERATOR, Role.AUDITOR)),
    PEOPLE("/personen", Set.of(Role.OPERATOR));

    private final String path;
    private final Set<Role> roles;

    Area(String path, Set<Role> roles) {
        this.path = path;
        this.roles = roles;
    }

    String path() {
        return path;
    }

    boolean open(Session session) {
        return session.roles().stream().anyMatch(roles::contains);
    }

    /** Whether a page belongs here. Service pages belong to the situation. */
    boolean holds(String page) {
        return this == SITUATION
                ? page.equals("/") || page.startsWith("/dienste/")
                : page.equals(path) || page.startsWith(path + "/");
    }
}
