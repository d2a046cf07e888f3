package de.doppelboden.identity;

import java.util.Set;

/** The people of the model city, one for each role. */
enum DemonstrationPerson {
    LEITSTAND("Ole Petersen", "Leitstand", Role.OPERATOR),
    SCHALTER("Aylin Demir", "Kundenzentrum Mitte", Role.CLERK),
    STANDESAMT("Käthe Brömmel", "Kundenzentrum Nord", Role.REGISTRAR),
    PRESSE("Jonas Lindqvist", "Pressestelle", Role.PRESS),
    REVISION("Dr. Ines Falk", "Revision", Role.AUDITOR);

    private final String name;
    private final String office;
    private final Role role;

    DemonstrationPerson(String name, String office, Role role) {
        this.name = name;
        this.office = office;
        this.role = role;
    }

    String login() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    Person person() {
        return new Person(login(), name, office, Set.of(role), false, true);
    }
}
