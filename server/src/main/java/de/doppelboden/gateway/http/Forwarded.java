package de.doppelboden.gateway.http;

import java.util.List;

/**
 * What a side is told about a user's connection (RFC 7239, and the older fields that most applications read). It is the same for
 * most requests of a connection.
 *
 * @param host that the user asked for
 * @param received the version of HTTP that she asked by
 */
record Forwarded(Door.Origin origin, String host, String received, List<Reply.Field> fields) {

    static Forwarded of(Door.Origin origin, String host, String received) {
        String user = origin.user().getHostAddress();
        String scheme = origin.secure() ? "https" : "http";
        String quoted = user.indexOf(':') >= 0 ? "\"[" + user + "]\"" : user;
        return new Forwarded(
                origin,
                host,
                received,
                List.of(
                        new Reply.Field("X-Forwarded-For", user),
                        new Reply.Field("X-Forwarded-Proto", scheme),
                        new Reply.Field("X-Forwarded-Host", host),
                        new Reply.Field("Forwarded", "for=" + quoted + ";host=\"" + host + "\";proto=" + scheme),
                        new Reply.Field("Via", ReplyWriter.via(received))));
    }

    boolean isOf(Door.Origin someone, String asked, String by) {
        return received.equals(by) && host.equals(asked) && origin.equals(someone);
    }
}
