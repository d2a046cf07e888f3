package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The header (or trailer) fields of one message: an index into its bytes. A field becomes a String only when asked for. */
public final class Headers {

    static final Headers NONE = new Headers(new byte[0], new int[0], 0, false);

    private static final byte[] SEPARATOR = {':', ' '};
    private static final int ANSWER = 502; // what is wrong with it is a side's fault
    private static final int SLOTS = 4; // name start, name end, value start, value end

    private final byte[] bytes;
    private final int[] index;
    private final int count;
    private final boolean loose;

    private Headers(byte[] bytes, int[] index, int count, boolean loose) {
        this.bytes = bytes;
        this.index = index;
        this.count = count;
        this.loose = loose;
    }

    /** Reads fields from {@code from} up to the empty line that ends the array (RFC 9112 section 5). */
    static Headers parse(byte[] bytes, int from, int maxFields, int status) throws Malformed {
        int[] index = new int[16 * SLOTS];
        int count = 0;
        boolean loose = false;
        int at = from;
        while (bytes[at] != Chars.CR) {
            if (count == maxFields) {
                throw new Malformed(status == ANSWER ? ANSWER : 431, "more than " + maxFields + " header fields");
            }
            if (count * SLOTS == index.length) {
                index = Arrays.copyOf(index, index.length * 2);
            }
            at = field(bytes, at, index, count * SLOTS, status);
            loose |= bytes[index[count * SLOTS + 1]] != ':';
            count++;
        }
        if (at + 2 != bytes.length) {
            throw new Malformed(status, "a bare CR in the header");
        }
        return new Headers(bytes, index, count, loose);
    }

    private static int field(byte[] bytes, int from, int[] index, int slot, int status) throws Malformed {
        int at = from;
        while (Chars.token(bytes[at])) {
            at++;
        }
        int end = at;
        while (status == ANSWER && at > from && blank(bytes[at])) {
            at++; // before the colon; what passes on an answer removes it (RFC 9112 section 5.1)
        }
        if (at == from || bytes[at] != ':') {
            throw new Malformed(status, "a header field name with a character that is not allowed in it");
        }
        index[slot] = from;
        index[slot + 1] = end;
        at++;
        while (blank(bytes[at])) {
            at++;
        }
        index[slot + 2] = at;
        while (Chars.value(bytes[at])) {
            at++;
        }
        if (bytes[at] != Chars.CR || bytes[at + 1] != Chars.LF) {
            throw new Malformed(status, "a control character in a header field");
        }
        end = at;
        while (end > index[slot + 2] && blank(bytes[end - 1])) {
            end--;
        }
        index[slot + 3] = end;
        return at + 2;
    }

    private static boolean blank(byte b) {
        return b == Chars.SP || b == Chars.HTAB;
    }

    public int count() {
        return count;
    }

    /** A name was followed by blanks: to other readers it is no such field. */
    boolean loose() {
        return loose;
    }

    public String name(int i) {
        int slot = i * SLOTS;
        return text(index[slot], index[slot + 1]);
    }

    public String value(int i) {
        int slot = i * SLOTS;
        return text(index[slot + 2], index[slot + 3]);
    }

    /** Whether field {@code i} has this name, given in lower case. */
    public boolean named(int i, String lowerCase) {
        int slot = i * SLOTS;
        int start = index[slot];
        int length = index[slot + 1] - start;
        if (length != lowerCase.length()) {
            return false;
        }
        for (int k = 0; k < length; k++) {
            if (lower(bytes[start + k]) != lowerCase.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    /** The same of the beginning of its name. To many applications a _ is a -, because CGI knows no other (RFC 3875 section 4.1.18). */
    boolean startsWith(int i, String lowerCasePrefix) {
        int slot = i * SLOTS;
        int start = index[slot];
        if (index[slot + 1] - start < lowerCasePrefix.length()) {
            return false;
        }
        for (int k = 0; k < lowerCasePrefix.length(); k++) {
            int c = lower(bytes[start + k]);
            if ((c == '_' ? '-' : c) != lowerCasePrefix.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the first field of this name has a value that begins so, in whatever case; both in lower case. */
    boolean begins(String lowerCase, String lowerCasePrefix) {
        int i = indexOf(lowerCase, 0);
        if (i < 0 || index[i * SLOTS + 3] - index[i * SLOTS + 2] < lowerCasePrefix.length()) {
            return false;
        }
        for (int k = 0; k < lowerCasePrefix.length(); k++) {
            if (lower(bytes[index[i * SLOTS + 2] + k]) != lowerCasePrefix.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    int nameLength(int i) {
        return index[i * SLOTS + 1] - index[i * SLOTS];
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
    }

    /** The value of the first field of this name, given in lower case. */
    public Optional<String> first(String lowerCase) {
        int i = indexOf(lowerCase, 0);
        return i < 0 ? Optional.empty() : Optional.of(value(i));
    }

    public List<String> all(String lowerCase) {
        var values = new ArrayList<String>(2);
        for (int i = indexOf(lowerCase, 0); i >= 0; i = indexOf(lowerCase, i + 1)) {
            values.add(value(i));
        }
        return values;
    }

    public boolean has(String lowerCase) {
        return indexOf(lowerCase, 0) >= 0;
    }

    int occurrences(String lowerCase) {
        int n = 0;
        for (int i = indexOf(lowerCase, 0); i >= 0; i = indexOf(lowerCase, i + 1)) {
            n++;
        }
        return n;
    }

    int indexOf(String lowerCase, int from) {
        for (int i = from; i < count; i++) {
            if (named(i, lowerCase)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a comma-separated field of this name lists the token; both in lower case. */
    public boolean lists(String lowerCase, String token) {
        for (int i = indexOf(lowerCase, 0); i >= 0; i = indexOf(lowerCase, i + 1)) {
            for (String part : value(i).split(",", -1)) {
                if (part.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    void write(int i, ByteSink out) throws IOException {
        int slot = i * SLOTS;
        out.put(bytes, index[slot], index[slot + 1] - index[slot]);
        out.put(SEPARATOR);
        out.put(bytes, index[slot + 2], index[slot + 3] - index[slot + 2]);
        out.put(ByteSink.CRLF);
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
