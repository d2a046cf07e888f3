package de.doppelboden.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Request line and header fields of one request (RFC 9112 sections 3 and 5), on bytes of its own: it outlives the buffer. */
public final class RequestHead {

    private static final int MAX_METHOD = 32;
    private static final String[] METHODS = {
        "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "REPORT"
    };

    private final byte[] bytes;
    private final String method;
    private final int targetStart;
    private final int targetEnd;
    private final boolean http10;
    private final boolean http2;
    private final Headers headers;

    private RequestHead(byte[] bytes, String method, int[] target, boolean http10, boolean http2, Headers headers) {
        this.bytes = bytes;
        this.method = method;
        this.targetStart = target[0];
        this.targetEnd = target[1];
        this.http10 = http10;
        this.http2 = http2;
        this.headers = headers;
    }

    /** Parses a whole head, its empty line included. */
    static RequestHead parse(byte[] bytes, int maxFields) throws Malformed {
        return parse(bytes, false, maxFields);
    }

    /** @param http2 whether it came by HTTP/2, and was only written as HTTP/1.1 */
    static RequestHead parse(byte[] bytes, boolean http2, int maxFields) throws Malformed {
        int at = 0;
        while (at <= MAX_METHOD && Chars.token(bytes[at])) {
            at++;
        }
        if (at == 0 || bytes[at] != Chars.SP) {
            throw new Malformed(at > MAX_METHOD ? 501 : 400, "no method that HTTP knows");
        }
        String method = method(bytes, at);
        int start = ++at;
        while (Chars.target(bytes[at])) {
            at++;
        }
        if (at == start || bytes[at] != Chars.SP) {
            throw new Malformed(400, "a character in the address that is not allowed in it");
        }
        boolean http10 = isHttp10(bytes, at + 1);
        var headers = Headers.parse(bytes, at + 11, maxFields, 400);
        var head = new RequestHead(bytes, method, new int[] {start, at}, http10, http2, headers);
        head.check();
        return head;
    }

    private static String method(byte[] bytes, int length) {
        for (String known : METHODS) {
            if (known.length() == length && matches(bytes, 0, known)) {
                return known;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static boolean isHttp10(byte[] bytes, int at) throws Malformed {
        if (bytes.length < at + 10 || !matches(bytes, at, "HTTP/") || bytes[at + 6] != '.') {
            throw new Malformed(400, "a request line that is not HTTP");
        }
        if (bytes[at + 8] != Chars.CR || bytes[at + 9] != Chars.LF) {
            throw new Malformed(400, "a request line that does not end after the version");
        }
        if (bytes[at + 5] != '1' || (bytes[at + 7] != '1' && bytes[at + 7] != '0')) {
            throw new Malformed(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        return bytes[at + 7] == '0';
    }

    /** RFC 9112 section 3.2: one Host; and the forms of the target that a server may be asked for. */
    private void check() throws Malformed {
        int hosts = headers.occurrences("host");
        if (hosts > 1 || (hosts == 0 && !http10)) {
            throw new Malformed(400, "a request needs exactly one Host");
        }
        if (hosts == 1) {
            checkHost(headers.first("host").orElseThrow());
        }
        if (method.equals("CONNECT") || method.equals("TRACE")) {
            throw new Malformed(501, method + " is not offered");
        }
        byte first = bytes[targetStart];
        boolean asterisk = first == '*' && targetEnd - targetStart == 1 && method.equals("OPTIONS");
        if (first != '/' && !asterisk) {
            checkAuthority();
        }
    }

    /** Of the absolute form: a client sends the same as its Host (RFC 9112 section 3.2.2), and a side would believe one of two. */
    private void checkAuthority() throws Malformed {
        if (authorityEnd() < 0) {
            throw new Malformed(400, "an address that does not begin with /");
        }
        String authority = host();
        checkHost(authority);
        if (!headers.first("host").orElse(authority).equalsIgnoreCase(authority)) {
            throw new Malformed(400, "a Host that is not the authority");
        }
    }

    private static void checkHost(String host) throws Malformed {
        for (int i = 0; i < host.length(); i++) {
            if (!Chars.host((byte) host.charAt(i)) || host.charAt(i) > 0x7e) {
                throw new Malformed(400, "a Host with a character that is not allowed in it");
            }
        }
    }

    /** End of scheme and authority of a target in absolute form, or -1 if it is in another form. */
    private int authorityEnd() {
        int skip = matches(bytes, targetStart, "http://") ? 7 : matches(bytes, targetStart, "https://") ? 8 : -1;
        if (skip < 0) {
            return -1;
        }
        int at = targetStart + skip;
        while (at < targetEnd && bytes[at] != '/' && bytes[at] != '?') {
            at++;
        }
        return at == targetStart + skip ? -1 : at;
    }

    private static boolean matches(byte[] bytes, int from, String text) {
        if (bytes.length - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return bytes.length;
    }

    /** How many more intermediaries a question for options may pass (RFC 9110 section 7.6.2); empty: any number. */
    OptionalInt forwards() {
        return method.equals("OPTIONS")
                ? headers.first("max-forwards")
                        .filter(number -> number.matches("[0-9]{1,9}"))
                        .map(number -> OptionalInt.of(Integer.parseInt(number)))
                        .orElse(OptionalInt.empty())
                : OptionalInt.empty();
    }

    /** It asks what we can do, not a side. */
    public boolean endsHere() {
        return forwards().orElse(1) == 0;
    }

    public String method() {
        return method;
    }

    /** GET, HEAD and OPTIONS change nothing (RFC 9110 section 9.2.1) and may be asked again. */
    public boolean safe() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    /** Path and query as sent; the authority of an absolute form is left out. */
    public String target() {
        if (bytes[targetStart] == '/' || bytes[targetStart] == '*') {
            return new String(bytes, targetStart, targetEnd - targetStart, StandardCharsets.ISO_8859_1);
        }
        int from = authorityEnd();
        String rest = new String(bytes, from, targetEnd - from, StandardCharsets.ISO_8859_1);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /** The path as sent, still percent-encoded, without the query. */
    public String path() {
        String target = target();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The query as sent, without the question mark; empty if there is none. */
    public String query() {
        String target = target();
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    public boolean http10() {
        return http10;
    }

    /** The version that it was received by, as in {@code Via} (RFC 9110 section 7.6.3). */
    String received() {
        return http2 ? "2.0" : http10 ? "1.0" : "1.1";
    }

    public Headers headers() {
        return headers;
    }

    /** The host that the user asked for: of the absolute form if there is one (RFC 9112 section 3.2.2), else of the field. */
    public String host() {
        int end = authorityEnd();
        if (end < 0) {
            return headers.first("host").orElse("");
        }
        String authority = new String(bytes, targetStart, end - targetStart, StandardCharsets.ISO_8859_1);
        return authority.substring(authority.indexOf("//") + 2);
    }

    boolean wantsToStay() {
        return http10 ? headers.lists("connection", "keep-alive") : !headers.lists("connection", "close");
    }
}
