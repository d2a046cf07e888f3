package de.doppelboden.evidence;

import java.util.HexFormat;

/**
 * The end of the chain at some time: enough to find out later that something before it was changed or cut off.
 *
 * @param position of the last link, counted from 1; 0 when there is none
 * @param hash of the last link, in hexadecimal digits
 */
public record Head(long position, String hash) {

    static final Head NONE = new Head(0, HexFormat.of().formatHex(Chain.START));

    /** As a person or a file keeps it: {@code POSITION:HASH}. */
    public static Head parse(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,18}") || !parts[1].matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not an anchor of the form POSITION:HASH");
        }
        return new Head(Long.parseLong(parts[0]), parts[1]);
    }

    @Override
    public String toString() {
        return position + ":" + hash;
    }
}
