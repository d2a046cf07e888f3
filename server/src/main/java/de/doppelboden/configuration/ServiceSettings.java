package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;
import static de.doppelboden.configuration.Key.required;
import static de.doppelboden.configuration.Key.withDefault;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One service and its two sides. What only one kind of service has, stands in {@link #kind()}.
 *
 * @param tls of the users' listener
 * @param primaryAuthorities whose certificates are believed of a primary with https; else whom the JDK believes
 * @param equivalent both sides answer alike: reads may be hedged and mirrored, and writes of one store be sent to either side
 * @param budget later than this is late in the user's eyes, where an operation names none of its own
 * @param health a path on the primary that the bypass command asks; it never decides
 */
public record ServiceSettings(
        String id,
        String name,
        KindSettings kind,
        Address listen,
        Optional<TlsSettings> tls,
        URI primary,
        Optional<Path> primaryAuthorities,
        Mode mode,
        boolean equivalent,
        Duration budget,
        Optional<String> health,
        ProbeSettings probe,
        ProofSettings proof,
        ReturnSettings returning) {

    /** What the product may do by itself. */
    public enum Mode {
        OBSERVE,
        ADVISE,
        AUTOMATIC
    }

    static ServiceSettings read(Section in) {
        String id = in.text(required("id", "Short name in commands, URLs and the evidence log: a-z, 0-9 and -"));
        if (!id.isEmpty() && !id.matches("[a-z][a-z0-9-]{0,31}")) {
            in.refuse("id", "\"" + id + "\" is not possible; expected a-z, 0-9 and -, at most 32");
        }
        KindSettings.Kind kind = in.choice(required("kind", "What it is"), KindSettings.Kind.class);
        String name = in.optionalText(optional("name", "How the pages call it; the id when it is absent"))
                .orElse(id);
        Address listen = in.address(required("listen", "The users' address"));
        Optional<TlsSettings> tls =
                in.optionalSection("tls", "TLS at the users' address; without it, plain HTTP", TlsSettings::read);
        URI primary = in.url(required("primary", "The side that normally serves"));
        Optional<Path> authorities = in.optionalPath(optional(
                "primary-ca-file", "Certificates (PEM) that a primary with https is signed by; else those of the JDK"));
        Mode mode =
                in.choice(withDefault("mode", "observe", "What it may do by itself; begin with observe"), Mode.class);
        boolean equivalent = in.flag(
                withDefault(
                        "equivalent",
                        "false",
                        "Both sides answer alike: reads may be hedged and mirrored; with `state: shared` a write goes to the standby if the primary answers nothing in time"));
        Duration budget = in.duration(withDefault("budget", "500ms", "Later than this is late in the user's eyes")
                .between("10ms", "60s"));
        Optional<String> health =
                in.optionalText(optional("health", "A path on the primary that `bypass` asks; it never decides"));
        return new ServiceSettings(
                id,
                name,
                KindSettings.read(kind, in),
                listen,
                tls,
                primary,
                authorities,
                mode,
                equivalent,
                budget,
                health,
                in.section(
                        "probe",
                        "What a user does, done by us on both sides",
                        probe -> ProbeSettings.read(kind, probe)),
                in.section("proof", "Exercises of the standby and what they prove", ProofSettings::read),
                in.section("return", "How users go back to the primary", ReturnSettings::read));
    }
}
