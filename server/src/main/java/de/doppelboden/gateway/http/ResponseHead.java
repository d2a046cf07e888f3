package de.doppelboden.gateway.http;

/** Status line and header fields of a side's answer (RFC 9112 sections 4 and 5). */
public final class ResponseHead {

    private final int status;
    private final boolean http10;
    private final boolean http2;
    private final Headers headers;

    private ResponseHead(int status, boolean http10, boolean http2, Headers headers) {
        this.status = status;
        this.http10 = http10;
        this.http2 = http2;
        this.headers = headers;
    }

    static ResponseHead parse(byte[] bytes, int maxFields) throws Malformed {
        return parse(bytes, false, maxFields);
    }

    /** @param http2 whether it came by HTTP/2, and was only written as HTTP/1.1 */
    static ResponseHead parse(byte[] bytes, boolean http2, int maxFields) throws Malformed {
        unfold(bytes);
        boolean line = bytes.length > 14
                && bytes[0] == 'H'
                && bytes[1] == 'T'
                && bytes[2] == 'T'
                && bytes[3] == 'P'
                && bytes[4] == '/'
                && bytes[5] == '1'
                && bytes[6] == '.'
                && bytes[8] == ' ';
        if (!line) {
            throw new Malformed(502, "the side's answer is not HTTP/1");
        }
        int status = 0;
        for (int i = 9; i < 12; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                throw new Malformed(502, "the side's answer has no status");
            }
            status = status * 10 + bytes[i] - '0';
        }
        if (status < 100 || (bytes[12] != ' ' && bytes[12] != Chars.CR)) {
            throw new Malformed(502, "the side's answer has no status");
        }
        int at = 12;
        while (bytes[at] != Chars.LF) {
            at++;
        }
        return new ResponseHead(status, bytes[7] == '0', http2, Headers.parse(bytes, at + 1, maxFields, 502));
    }

    /** A gateway replaces each obs-fold of a side by spaces before it passes the message on (RFC 9112 section 5.2). */
    private static void unfold(byte[] bytes) {
        for (int i = 2; i < bytes.length - 2; i++) {
            boolean folded = bytes[i] == Chars.LF
                    && bytes[i - 1] == Chars.CR
                    && (bytes[i + 1] == Chars.SP || bytes[i + 1] == Chars.HTAB);
            if (folded && !beforeColon(bytes, i + 1)) {
                bytes[i] = Chars.SP;
                bytes[i - 1] = Chars.SP;
            }
        }
    }

    /** Only a value may be folded. */
    private static boolean beforeColon(byte[] bytes, int blanks) {
        int at = blanks;
        while (bytes[at] == Chars.SP || bytes[at] == Chars.HTAB) {
            at++;
        }
        return bytes[at] == ':';
    }

    public int status() {
        return status;
    }

    /** The version that it was received by, as in {@code Via} (RFC 9110 section 7.6.3). */
    String received() {
        return http2 ? "2.0" : http10 ? "1.0" : "1.1";
    }

    public Headers headers() {
        return headers;
    }

    /** A stream of server-sent events. */
    boolean endless() {
        return headers.begins("content-type", "text/event-stream");
    }

    /** Whether the connection may bring another answer. */
    boolean staysOpen() {
        if (ambiguous()) {
            return false;
        }
        return http10 ? headers.lists("connection", "keep-alive") : !headers.lists("connection", "close");
    }

    /** Where its body ends, another reader, or its sender, may see otherwise (RFC 9112 section 6.3): nothing behind it is believed. */
    private boolean ambiguous() {
        boolean chunked = headers.has("transfer-encoding");
        if (headers.loose()) {
            return true;
        }
        if (status == 204) {
            return chunked || headers.all("content-length").stream().anyMatch(length -> !length.equals("0"));
        }
        return chunked && (http10 || headers.has("content-length"));
    }

    /** Knows who speaks by the connection that he speaks on (RFC 4559): it must not become another user's. */
    boolean authenticatesConnections() {
        return status == 401 && headers.all("www-authenticate").stream().anyMatch(ResponseHead::ofConnections);
    }

    static boolean ofConnections(String credentials) {
        return credentials.regionMatches(true, 0, "NTLM", 0, 4)
                || credentials.regionMatches(true, 0, "Negotiate", 0, 9);
    }
}
