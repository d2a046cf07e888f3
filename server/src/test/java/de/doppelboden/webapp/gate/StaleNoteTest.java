package de.doppelboden.webapp.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class StaleNoteTest {

    private static final Instant TAKEN = Instant.parse("2026-07-03T10:05:00Z");
    private static final String NOTE = "<p role=\"alert\"";

    private static Optional<String> noted(String page) {
        return StaleNote.in(page.getBytes(StandardCharsets.UTF_8), "", TAKEN)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void standsAboveThePageInTheCitysTime() {
        assertThat(noted("<html><body><h1>Öffnungszeiten</h1></body></html>"))
                .hasValueSatisfying(page -> assertThat(page)
                        .contains("<body>" + NOTE, "Kopie vom 03.07.2026, 12:05 Uhr.", "</p><h1>Öffnungszeiten</h1>"));
    }

    @Test
    void standsBehindAllOfTheBodysAttributes() {
        String tag = "<BODY class='a>b' x-data=\"{open: a > b}\" hidden>";

        assertThat(noted("<html>" + tag + "<h1>"))
                .hasValueSatisfying(page -> assertThat(page).startsWith("<html>" + tag + NOTE));
    }

    @Test
    void isNotMisledByWhatOnlyLooksLikeABody() {
        String before =
                "<html><!--[if IE]><body class=\"ie\"><![endif]--><head><script>w.document.write(\"<body>\")</script>"
                        + "<title>how to <body></title></head>";

        assertThat(noted(before + "<body><h1>"))
                .hasValueSatisfying(page -> assertThat(page).startsWith(before + "<body>" + NOTE));
        assertThat(noted(before + "<h1>")).isEmpty();
    }

    @Test
    void readsWhatGzipHasPackedUpToABound() throws Exception {
        assertThat(StaleNote.in(packed("<body>" + "x".repeat(100_000)), "gzip", TAKEN))
                .hasValueSatisfying(page -> assertThat(page).hasSizeGreaterThan(100_000));
        assertThat(StaleNote.in(packed("<body>" + "x".repeat(2_000_000)), "gzip", TAKEN))
                .isEmpty();
        assertThat(StaleNote.in(packed("<body>"), "br", TAKEN)).isEmpty();
        assertThat(StaleNote.in("<body>".getBytes(StandardCharsets.UTF_8), "gzip", TAKEN))
                .isEmpty();
    }

    @Test
    void anAttributeOfAnyLengthIsRead() {
        String tag = "<body data-a=\"" + "x>".repeat(100_000) + "\" " + "b ".repeat(100_000) + ">";

        assertThat(noted(tag)).hasValueSatisfying(page -> assertThat(page).startsWith(tag + NOTE));
        assertThat(noted("<body " + "x".repeat(200_000))).isEmpty();
        assertThat(noted("<!--" + "<!--<body>".repeat(50_000))).isEmpty();
        assertThat(noted("<script>" + "<script><body>".repeat(50_000))).isEmpty();
    }

    private static byte[] packed(String text) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
