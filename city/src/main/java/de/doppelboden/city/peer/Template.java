package de.doppelboden.city.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Settings of a program as a resource with words in braces, as {@code {listen}}. */
public final class Template {

    private Template() {}

    /**
     * Writes a resource with its words filled in.
     *
     * @param resource its path without a leading slash
     */
    public static Path fill(String resource, Path file, Map<String, Object> words) throws IOException {
        try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream("/" + resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (var word : words.entrySet()) {
                text = text.replace("{" + word.getKey() + "}", word.getValue().toString());
            }
            return Files.writeString(file, text);
        }
    }
}
