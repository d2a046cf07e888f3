package de.doppelboden.identity;

import java.util.Set;

/**
 * Somebody who may log in to Doppelboden.
 *
 * @param login lower case
 * @param office the unit she serves in; empty for those who belong to none
 * @param mustChange the password was given to her by somebody else
 */
public record Person(String login, String name, String office, Set<Role> roles, boolean mustChange, boolean active) {

    public Person {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
