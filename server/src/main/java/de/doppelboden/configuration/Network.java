package de.doppelboden.configuration;

import java.net.InetAddress;

/** A range of addresses: one, or all that share their first bits ({@code 10.0.0.0/8}). */
public record Network(InetAddress address, int bits) {

    public static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
        int all = address.getAddress().length * Byte.SIZE;
        long bits = slash < 0 ? all : Numbers.whole(text.substring(slash + 1));
        if (bits > all) {
            throw new IllegalArgumentException("too many bits");
        }
        return new Network(address, (int) bits);
    }

    /** An address in figures, IPv4 with all four of them; nothing is looked up. */
    static InetAddress literal(String text) {
        boolean whole = text.indexOf(':') >= 0 || text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        if (!whole) {
            throw new IllegalArgumentException("no address");
        }
        return InetAddress.ofLiteral(text);
    }

    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % Byte.SIZE);
            if ((ours[i / Byte.SIZE] & mask) != (theirs[i / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
