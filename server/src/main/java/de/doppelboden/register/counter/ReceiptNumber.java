package de.doppelboden.register.counter;

import de.doppelboden.identity.FormTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/**
 * The short number on a receipt, as NB-4K7-QX2M: the journal entry's number and four signs that only we can make, so that
 * an invented or misread number is told from one of ours. Letters that are easily confused are not used.
 */
@Component
final class ReceiptNumber {

    private static final String SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHECK = 4;
    private static final int LONGEST = 24;

    private final FormTokens tokens;

    ReceiptNumber(FormTokens tokens) {
        this.tokens = tokens;
    }

    String of(long number) {
        var digits = new StringBuilder();
        for (long rest = number; rest > 0 || digits.length() < 3; rest >>>= 5) {
            digits.insert(0, SIGNS.charAt((int) (rest & 31)));
        }
        return "NB-" + digits + "-" + check(number);
    }

    /** The journal entry's number, if this is a number that we gave out; blanks and small letters do not matter. */
    OptionalLong read(String typed) {
        var plain = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (!plain.startsWith("NB") || plain.length() <= 2 + CHECK || plain.length() > LONGEST) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (char sign : plain.substring(2, plain.length() - CHECK).toCharArray()) {
            int value = SIGNS.indexOf(sign);
            if (value < 0 || number > Long.MAX_VALUE >> 6) {
                return OptionalLong.empty();
            }
            number = number << 5 | value;
        }
        boolean ours = MessageDigest.isEqual(
                check(number).getBytes(StandardCharsets.US_ASCII),
                plain.substring(plain.length() - CHECK).getBytes(StandardCharsets.UTF_8));
        return ours ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private String check(long number) {
        byte[] mac = Base64.getUrlDecoder().decode(tokens.tokenFor("receipt/" + number));
        var check = new StringBuilder();
        for (int i = 0; i < CHECK; i++) {
            check.append(SIGNS.charAt(mac[i] & 31));
        }
        return check.toString();
    }
}
