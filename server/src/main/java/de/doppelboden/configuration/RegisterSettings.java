package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;
import static de.doppelboden.configuration.Key.required;
import static de.doppelboden.configuration.Key.withDefault;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a register is told beside what every service is told. */
public record RegisterSettings(
        LoginSettings login,
        FeedSettings feed,
        ReplaySettings replay,
        Optional<SearchApi> search,
        List<OperationSettings> operations)
        implements KindSettings {

    static RegisterSettings read(Section in) {
        return new RegisterSettings(
                in.section("login", "The primary's own log-in form", LoginSettings::read),
                in.section("feed", "The primary's read-only view", FeedSettings::read),
                in.section("replay", "The primary's interface for orders", ReplaySettings::read),
                in.optionalSection("search-api", "The person search of other programs", SearchApi::read),
                in.list("operations", "What users do and how the primary's requests show it", OperationSettings::read));
    }

    /**
     * The primary's own log-in form, so that the gateway sees whom the primary accepted.
     *
     * @param status and the two others: what tells a log-in that the primary accepted
     * @param locationNot a redirect to there means that it was refused
     * @param textNot in the page means that it was refused
     * @param remember a verified log-in is known for so long while the primary is gone
     */
    public record LoginSettings(
            String path,
            String userField,
            String passwordField,
            List<Integer> status,
            Optional<String> locationNot,
            Optional<String> textNot,
            String sessionCookie,
            Optional<String> logout,
            Duration remember) {

        static LoginSettings read(Section in) {
            return new LoginSettings(
                    in.text(required("path", "Path that the form is sent to, as `/anmeldung`")),
                    in.text(required("user-field", "Field with the log-in name")),
                    in.text(required("password-field", "Field with the password")),
                    in.values(
                            optional("status", "Statuses of an accepted log-in; else 302 and 303"),
                            SuccessSettings::code),
                    in.optionalText(optional("location-not", "A redirect to this path means refused")),
                    in.optionalText(optional("text-not", "This text in the page means refused")),
                    in.text(required("session-cookie", "Name of the primary's session cookie")),
                    in.optionalText(optional("logout", "Path that ends a session")),
                    in.duration(withDefault("remember", "90d", "A verified log-in is known so long")
                            .between("1d", "365d")));
        }
    }

    /**
     * Where the standby's copy comes from.
     *
     * @param interval between two readings of changes
     * @param blockInterval between two readings of information blocks only
     * @param differenceInterval between two complete comparisons
     * @param history how long earlier versions of rows are kept
     */
    public record FeedSettings(
            String url,
            String user,
            Path passwordFile,
            Duration interval,
            Duration blockInterval,
            Duration differenceInterval,
            Duration history,
            Duration timeout,
            MassChange massChange) {

        static FeedSettings read(Section in) {
            String url = in.text(required("url", "`jdbc:postgresql://host:port/database` of the read-only view"));
            if (!url.isEmpty() && !url.startsWith("jdbc:postgresql://")) {
                in.refuse("url", "\"" + url + "\" is not possible; expected jdbc:postgresql://...");
            }
            return new FeedSettings(
                    url,
                    in.text(required("user", "Role that may read the view")),
                    in.secretFile(required("password-file", "File with its password")),
                    in.duration(withDefault("interval", "2s", "Between two readings of changes")
                            .between("200ms", "10m")),
                    in.duration(withDefault("block-interval", "1s", "Between two readings of information blocks")
                            .between("200ms", "1m")),
                    in.duration(withDefault("difference-interval", "24h", "Between two complete comparisons")
                            .between("1m", "30d")),
                    in.duration(withDefault("history", "24h", "How long earlier versions are kept")
                            .between("1h", "30d")),
                    in.duration(withDefault("timeout", "5s", "The longest wait for the view")
                            .between("500ms", "10m")),
                    in.section("mass-change", "More than this at once stops the feed and asks", MassChange::read));
        }
    }

    /**
     * Shares of all records; a reading that changes more stops the feed and asks a person.
     *
     * @param least fewer changed records than this never stop it
     */
    public record MassChange(int least, Percent deletions, Percent moves, Percent emptied) {

        static MassChange read(Section in) {
            return new MassChange(
                    in.number(withDefault("least", "50", "Fewer records than this never stop the feed")
                            .between("1", "1000000")),
                    in.percent(withDefault("deletions", "1%", "Records that vanished")
                            .between("0.01%", "100%")),
                    in.percent(withDefault("moves", "5%", "Records with another address")
                            .between("0.01%", "100%")),
                    in.percent(withDefault("emptied", "1%", "Records with a field that lost its content")
                            .between("0.01%", "100%")));
        }
    }

    /** The primary's interface for orders, which takes back what was done on the standby. */
    public record ReplaySettings(URI url, Path tokenFile, Duration timeout) {

        static ReplaySettings read(Section in) {
            return new ReplaySettings(
                    in.url(required("url", "Address that the orders' path begins at")),
                    in.secretFile(required("token-file", "File with the bearer token")),
                    in.duration(withDefault("timeout", "10s", "No answer by then is an unknown outcome")
                            .between("100ms", "5m")));
        }
    }

    /** The person search of other programs, which the standby answers as the primary does. */
    public record SearchApi(String path, Path tokenFile) {

        static SearchApi read(Section in) {
            return new SearchApi(
                    in.text(required("path", "Path that it begins at")),
                    in.secretFile(required("token-file", "File with the bearer tokens that are accepted, one a line")));
        }
    }
}
