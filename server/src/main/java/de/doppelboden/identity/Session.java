package de.doppelboden.identity;

import java.time.Instant;
import java.util.Set;

/**
 * A log-in that goes on: what its token says.
 *
 * @param id opaque, made at log-in
 * @param begun when she typed her password
 * @param until good until then unless it is used again before
 */
public record Session(
        String id,
        String login,
        String name,
        String office,
        Set<Role> roles,
        boolean mustChange,
        Instant begun,
        Instant until) {

    public Session {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
