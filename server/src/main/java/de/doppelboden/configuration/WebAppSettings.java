package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;
import static de.doppelboden.configuration.Key.required;
import static de.doppelboden.configuration.Key.withDefault;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a web application is told beside what every service is told.
 *
 * @param standbyAuthorities whose certificates are believed of a standby with https; else whom the JDK believes
 * @param sessionCookie the application's session cookie; by it exercises and returns pick users
 * @param sharedSessions who is logged in at one side is so at the other
 * @param goneFolder files for when neither side answers
 * @param probes paths that are asked for on both sides, as a user would
 * @param classes operation classes that are not left to be found in the traffic
 */
public record WebAppSettings(
        URI standby,
        Optional<Path> standbyAuthorities,
        State state,
        Optional<String> sessionCookie,
        boolean sharedSessions,
        Optional<Path> goneFolder,
        List<String> probes,
        List<OperationClass> classes)
        implements KindSettings {

    /** Where the two sides keep what users do. */
    public enum State {
        /** Each has its own: on the standby nothing is written. */
        SEPARATE,
        /** Both write one store: users write where they are served. */
        SHARED
    }

    /** What of a mirrored read's answer is compared with what the user was answered. */
    public enum Comparison {
        /** It is no refusal and no redirection where the user had none. */
        STATUS,
        /** The first 256 kB are the same as well. */
        CONTENT
    }

    static WebAppSettings read(Section in) {
        var settings = new WebAppSettings(
                in.url(required("standby", "The side that users are moved to")),
                in.optionalPath(optional(
                        "standby-ca-file",
                        "Certificates (PEM) that a standby with https is signed by; else those of the JDK")),
                in.choice(
                        withDefault(
                                "state", "separate", "`shared`: both sides write one store; `separate`: they do not"),
                        State.class),
                in.optionalText(optional("session-cookie", "Name of the application's session cookie")),
                in.flag(withDefault("shared-sessions", "true", "Who is logged in at one side is so at the other")),
                in.optionalPath(optional(
                        "gone-folder",
                        "Files for when neither side answers: each at its path, `index.html` in place of all others")),
                in.values(
                        optional("probe-paths", "Paths that are asked for on both sides, as a user would; else `/`"),
                        WebAppSettings::path),
                in.list(
                        "classes",
                        "Operation classes; all others are found in the traffic, by method and path",
                        OperationClass::read));
        if (!settings.sharedSessions() && settings.sessionCookie().isEmpty()) {
            in.refuse(
                    "shared-sessions",
                    "needs `session-cookie`: else nobody can tell whose session only one side knows");
        }
        return settings;
    }

    private static String path(String text) {
        if (!text.startsWith("/") || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("no path");
        }
        return text;
    }

    /**
     * One class of operations: requests that are judged, and moved, together.
     *
     * @param path where {@code *} stands for one segment, and {@code **} at the end for all that follow
     * @param equivalent both sides answer it alike; none: as the service says
     * @param idempotent to be carried out twice does no harm, so that it may be sent again
     * @param compare what a primary that is to return must answer as the standby does
     * @param alone shares its data with no other class, so that it can be moved alone though the sides' state is separate
     */
    public record OperationClass(
            String name,
            String method,
            String path,
            Optional<Duration> budget,
            Optional<Boolean> equivalent,
            Comparison compare,
            boolean idempotent,
            boolean alone,
            SuccessSettings success) {

        static OperationClass read(Section in) {
            String name = in.text(required("name", "What the pages and the evidence log call it"));
            String method = in.text(withDefault("method", "GET", "HTTP method"));
            if (!method.matches("[A-Z]{1,16}")) {
                in.refuse(
                        "method", "\"" + method + "\" is not possible; expected a method in capitals, as GET or POST");
            }
            String path = in.text(required("path", "Path, with `*` for one segment and `**` at the end for the rest"));
            if (!path.isEmpty() && !path.startsWith("/")) {
                in.refuse("path", "\"" + path + "\" is not possible; expected a path from / on");
            }
            return new OperationClass(
                    name,
                    method,
                    path,
                    in.optionalDuration(optional("budget", "Budget of this class; else the service's")
                            .between("10ms", "60s")),
                    in.optionalFlag(
                            optional(
                                    "equivalent",
                                    "Both sides answer it alike: `false` takes it out of hedges and mirrors, and its writes wait until users are moved")),
                    in.choice(
                            withDefault(
                                    "compare",
                                    "status",
                                    "What mirrored reads must have in common on return; `content`: the same bytes"),
                            Comparison.class),
                    in.flag(withDefault("idempotent", "false", "To be carried out twice does no harm")),
                    in.flag(withDefault("alone", "false", "Shares its data with no other class")),
                    SuccessSettings.read(in));
        }
    }
}
