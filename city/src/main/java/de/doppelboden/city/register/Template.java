package de.doppelboden.city.register;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with gaps: {@code {{name}}} takes a text, escaped; {@code {{{name}}}} takes HTML as it is. */
final class Template {

    private static final Pattern GAP = Pattern.compile("\\{\\{\\{(\\w+)}}}|\\{\\{(\\w+)}}");
    private static final Map<String, String> FILES = new ConcurrentHashMap<>();

    private Template() {}

    /** Fills the file of {@code pages/}; a gap without a value stays empty. */
    static String fill(String file, Map<String, String> values) {
        return fillText(FILES.computeIfAbsent(file, Template::load), values);
    }

    static String fillText(String text, Map<String, String> values) {
        return GAP.matcher(text)
                .replaceAll(gap -> Matcher.quoteReplacement(
                        gap.group(1) != null
                                ? values.getOrDefault(gap.group(1), "")
                                : escape(values.getOrDefault(gap.group(2), ""))));
    }

    private static String load(String file) {
        String path = "/city/pages/" + file;
        try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
