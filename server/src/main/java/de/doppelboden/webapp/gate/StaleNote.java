package de.doppelboden.webapp.gate;

import de.doppelboden.console.Moments;
import de.doppelboden.console.Texts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The sentence above a kept page that tells its reader that it is one, and of when. An {@code Age} nobody sees, and a free
 * appointment of this morning may be taken. Plain text where the page's own policy (CSP) forbids how it should look.
 */
final class StaleNote {

    private static final int UNPACKED_AT_MOST = 1024 * 1024;

    /** The tag of the body, and before it what only looks as if it held one. */
    private static final Pattern BODY =
            Pattern.compile("(?is)<!--.*?(?:-->|\\z)|<(script|style|title|template)\\b.*?(?:</\\1\\s*>|\\z)"
                    + "|(<body(?:\\s(?:\"[^\"]*+\"|'[^']*+'|[^'\">]++)*+)?>)");

    private StaleNote() {}

    /**
     * The page with the note, not packed.
     *
     * @param encoding how it is packed; empty: not
     * @return empty if it is packed otherwise than by gzip, or has no body to stand in
     */
    static Optional<byte[]> in(byte[] page, String encoding, Instant taken) {
        return unpacked(page, encoding)
                .flatMap(plain -> noted(plain, Moments.day(taken) + ", " + Moments.minute(taken)));
    }

    private static Optional<byte[]> unpacked(byte[] page, String encoding) {
        if (encoding.isEmpty() || encoding.equalsIgnoreCase("identity")) {
            return Optional.of(page);
        }
        if (!encoding.equalsIgnoreCase("gzip") && !encoding.equalsIgnoreCase("x-gzip")) {
            return Optional.empty();
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(page))) {
            byte[] plain = in.readNBytes(UNPACKED_AT_MOST + 1);
            return plain.length > UNPACKED_AT_MOST ? Optional.empty() : Optional.of(plain);
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    /** Tags and the note are ASCII, which nearly all encodings of text share; one byte is one character meanwhile. */
    private static Optional<byte[]> noted(byte[] plain, String moment) {
        var body = BODY.matcher(new String(plain, StandardCharsets.ISO_8859_1));
        boolean found = body.find();
        while (found && body.group(2) == null) {
            found = body.find();
        }
        if (!found) {
            return Optional.empty();
        }
        var out = new ByteArrayOutputStream(plain.length + 1024);
        out.write(plain, 0, body.end());
        out.writeBytes(note(moment).getBytes(StandardCharsets.US_ASCII));
        out.write(plain, body.end(), plain.length - body.end());
        return Optional.of(out.toByteArray());
    }

    private static String note(String moment) {
        return "<p role=\"alert\" style=\"margin:0;padding:.75rem 1rem;background:#fff3c4;color:#131525;"
                + "font:1rem/1.5 sans-serif;border-bottom:3px solid #b58100\"><strong>"
                + ascii(Texts.t("webapp.copy.title", moment)) + "</strong> " + ascii(Texts.t("webapp.copy.what"))
                + "</p>";
    }

    private static String ascii(String text) {
        var out = new StringBuilder();
        text.chars().forEach(c -> {
            if (c < 0x7f && c != '<' && c != '&') {
                out.append((char) c);
            } else {
                out.append("&#").append(c).append(';');
            }
        });
        return out.toString();
    }
}
