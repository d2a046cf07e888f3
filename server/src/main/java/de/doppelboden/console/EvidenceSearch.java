package de.doppelboden.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What was typed into the search of the evidence log: service, kind, text, first and last day. */
public record EvidenceSearch(String dienst, String art, String text, String von, String bis) {

    /** The page with what is older than an entry. */
    public String before(long number) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("vor", String.valueOf(number));
        fields.put("dienst", dienst);
        fields.put("art", art);
        fields.put("text", text);
        fields.put("von", von);
        fields.put("bis", bis);
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "/protokoll?", ""));
    }
}
