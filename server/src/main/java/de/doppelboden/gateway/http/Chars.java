package de.doppelboden.gateway.http;

/** The character classes of RFC 9110 section 5.6 and RFC 3986, as one table. */
final class Chars {

    static final byte CR = '\r';
    static final byte LF = '\n';
    static final byte SP = ' ';
    static final byte HTAB = '\t';

    private static final int TOKEN = 1;
    private static final int VALUE = 2;
    private static final int TARGET = 4;
    private static final int HOST = 8;
    private static final byte[] CLASS = new byte[256];

    static {
        for (int c = 0x21; c < 0x7f; c++) {
            CLASS[c] |= VALUE;
            boolean delimiter = "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0;
            if (!delimiter) {
                CLASS[c] |= TOKEN;
            }
            if ("\"<>\\^`{|}#".indexOf(c) < 0) {
                CLASS[c] |= TARGET;
            }
            if (Character.isLetterOrDigit(c) || "-._~%!$&'()*+,;=:[]".indexOf(c) >= 0) {
                CLASS[c] |= HOST;
            }
        }
        CLASS[SP] |= VALUE;
        CLASS[HTAB] |= VALUE;
        for (int c = 0x80; c < 0x100; c++) {
            CLASS[c] |= VALUE; // obs-text
        }
    }

    private Chars() {}

    static boolean token(byte b) {
        return (CLASS[b & 0xff] & TOKEN) != 0;
    }

    /** What a field value may hold: VCHAR, SP, HTAB, obs-text; never CR, LF, NUL or another control character. */
    static boolean value(byte b) {
        return (CLASS[b & 0xff] & VALUE) != 0;
    }

    static boolean target(byte b) {
        return (CLASS[b & 0xff] & TARGET) != 0;
    }

    static boolean host(byte b) {
        return (CLASS[b & 0xff] & HOST) != 0;
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
