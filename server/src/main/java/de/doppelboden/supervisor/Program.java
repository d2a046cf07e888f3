package de.doppelboden.supervisor;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that the supervisor keeps running.
 *
 * @param name short; names its log and its pid file
 * @param command with its arguments
 * @param environment added to our own
 * @param ready answers 200 when the program is ready; a program without one is ready when it runs
 */
public record Program(String name, List<String> command, Map<String, String> environment, Optional<URI> ready) {

    public Program {
        if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
            throw new IllegalArgumentException("not a name for a program: " + name);
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
