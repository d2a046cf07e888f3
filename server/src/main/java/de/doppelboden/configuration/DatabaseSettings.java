package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;
import static de.doppelboden.configuration.Key.withDefault;

import java.nio.file.Path;
import java.util.Optional;

/** Which PostgreSQL is used. */
public sealed interface DatabaseSettings {

    /**
     * Our own, started by the supervisor from packaged binaries.
     *
     * @param connections the server's limit
     */
    record Embedded(int port, DataSize sharedBuffers, int connections) implements DatabaseSettings {}

    /** The city's. The URL may name several hosts. */
    record External(String url, String user, Path passwordFile) implements DatabaseSettings {}

    static DatabaseSettings read(Section in) {
        String url = in.text(withDefault(
                "url",
                "embedded",
                "`embedded`, or `jdbc:postgresql://a,b,c/doppelboden?targetServerType=primary`; `database:"
                        + " embedded` is short for it"));
        Optional<String> user = in.optionalText(optional("user", "Role at an external database"));
        Optional<Path> password = in.optionalSecretFile(optional("password-file", "File with its password"));
        int port = in.number(withDefault("port", "15432", "Port of the embedded server, on 127.0.0.1 only")
                .between("1024", "65535"));
        DataSize buffers =
                in.size(withDefault("shared-buffers", "64MB", "Memory that the embedded server keeps pages in")
                        .between("16MB", "16GB"));
        int connections = in.number(withDefault("connections", "60", "Connections the embedded server takes")
                .between("20", "1000"));
        if (url.equals("embedded")) {
            return new Embedded(port, buffers, connections);
        }
        if (!url.startsWith("jdbc:postgresql://")) {
            in.refuse("url", "\"" + url + "\" is not possible; expected embedded or jdbc:postgresql://...");
        }
        if (url.contains("password=")) {
            in.refuse("url", "a password stands in a file: name it with password-file");
        }
        if (user.isEmpty()) {
            in.refuse("user", "is missing; an external database needs it");
        }
        if (password.isEmpty()) {
            in.refuse("password-file", "is missing; an external database needs it");
        }
        return new External(url, user.orElse(""), password.orElse(Path.of("/")));
    }
}
