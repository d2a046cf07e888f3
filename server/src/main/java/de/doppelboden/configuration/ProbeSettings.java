package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;
import static de.doppelboden.configuration.Key.withDefault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a user does, done by us on both sides. A web application has its paths instead of all but the interval.
 *
 * @param key of the record that is looked at
 * @param search for which that record is found
 * @param text must be in the answers
 */
public record ProbeSettings(
        Duration interval,
        Duration timeout,
        Optional<String> user,
        Optional<Path> passwordFile,
        Optional<String> key,
        Optional<String> search,
        Optional<String> text) {

    static ProbeSettings read(KindSettings.Kind kind, Section in) {
        Duration interval = in.duration(
                withDefault("interval", "1s", "Between two probes of a side").between("100ms", "10m"));
        boolean aRecord = kind == KindSettings.Kind.REGISTER || in.describing();
        return aRecord
                ? in.only(KindSettings.Kind.REGISTER, its -> ofRecord(interval, its))
                : new ProbeSettings(
                        interval,
                        interval,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    private static ProbeSettings ofRecord(Duration interval, Section in) {
        return new ProbeSettings(
                interval,
                in.duration(withDefault("timeout", "2s", "No answer by then is none")
                        .between("50ms", "1m")),
                in.optionalText(optional("user", "Account that the probe logs in with at the primary")),
                in.optionalSecretFile(optional("password-file", "File with its password")),
                in.optionalText(optional("key", "Key of the record that the probe looks at")),
                in.optionalText(optional("search", "Query that finds it, as `nachname=Muster&vorname=Eva`")),
                in.optionalText(optional("text", "Text that the answer must have")));
    }
}
