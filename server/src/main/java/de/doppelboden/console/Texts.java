package de.doppelboden.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The German texts of all pages, from the one bundle {@code texts/pages.properties}. A constant of the program. */
public final class Texts {

    private static final Map<String, String> TEXTS = read();

    private Texts() {}

    /** The text {@code key} with {@code {0}}, {@code {1}}... filled in. A missing key is a programmer's error. */
    public static String t(String key, Object... values) {
        String text = TEXTS.get(key);
        if (text == null) {
            throw new IllegalArgumentException("texts/pages.properties lacks " + key);
        }
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }

    /** Whether there is such a text; for keys made from values, as {@code state.NORMAL}. */
    public static boolean has(String key) {
        return TEXTS.containsKey(key);
    }

    private static Map<String, String> read() {
        try (InputStream in = Texts.class.getResourceAsStream("/texts/pages.properties")) {
            if (in == null) {
                throw new IllegalStateException("texts/pages.properties is not in the jar");
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> texts = new TreeMap<>();
            properties.forEach((key, value) -> texts.put((String) key, (String) value));
            return Map.copyOf(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
