package de.doppelboden.city.people;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as a person sees it in a browser: which it is, its links and its forms. Reads HTML as tolerantly as a browser does, as far
 * as that is needed.
 *
 * @param side whose page it is, told by the meta element that both applications have
 * @param kind which page of it, such as {@code suche}
 */
record Page(Side side, String kind, String text, List<Link> links, List<Form> forms) {

    /** Whose page somebody is looking at. */
    enum Side {
        PRIMARY,
        STANDBY,
        /** Neither's: an error page, another program's, or none. */
        NEITHER
    }

    record Link(String href, String text) {}

    /** A form with what its fields hold already. */
    record Form(String method, String action, Map<String, String> fields) {

        /** The same with other contents of those of the fields that the form has. */
        Form filled(Map<String, String> contents) {
            var filled = new LinkedHashMap<>(fields);
            filled.replaceAll((name, old) -> contents.getOrDefault(name, old));
            return new Form(method, action, filled);
        }

        boolean posts() {
            return method.equals("post");
        }
    }

    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([a-zA-Z][-a-zA-Z0-9:]*)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?");
    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));");
    private static final Map<String, String> ENTITIES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "shy", "", "ndash", "–");

    static Page of(String html) {
        return new Reader().read(html);
    }

    /** The first form with a field of one of these names. */
    Optional<Form> formWith(String... names) {
        return forms.stream()
                .filter(form -> List.of(names).stream().anyMatch(form.fields()::containsKey))
                .findFirst();
    }

    /** The first link whose address matches. */
    Optional<String> link(String pattern) {
        return links.stream()
                .map(Link::href)
                .filter(href -> href.matches(pattern))
                .findFirst();
    }

    static String unescaped(String html) {
        return ENTITY.matcher(html).replaceAll(entity -> Matcher.quoteReplacement(character(entity)));
    }

    private static String character(MatchResult entity) {
        if (entity.group(3) != null) {
            return ENTITIES.getOrDefault(entity.group(3), entity.group());
        }
        int code = entity.group(1) != null ? Integer.parseInt(entity.group(1)) : Integer.parseInt(entity.group(2), 16);
        return Character.isValidCodePoint(code) ? Character.toString(code) : "";
    }

    /** Goes through the tags once. */
    private static final class Reader {
        private final Map<String, String> metas = new HashMap<>();
        private final List<Link> links = new ArrayList<>();
        private final List<Form> forms = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        private Map<String, String> fields = new LinkedHashMap<>();
        private Map<String, String> form = Map.of();
        private Map<String, String> anchor = Map.of();
        private String select = "";
        private String textarea = "";
        private int textFrom;
        private boolean hidden;

        Page read(String html) {
            Matcher tag = TAG.matcher(html);
            int at = 0;
            while (tag.find()) {
                text(html.substring(at, tag.start()));
                at = tag.end();
                String name = tag.group(2).toLowerCase(Locale.ROOT);
                if (tag.group(1).isEmpty()) {
                    open(name, attributes(tag.group(3)));
                } else {
                    close(name);
                }
            }
            String primary = metas.getOrDefault("register-page", "");
            String standby = metas.getOrDefault("doppelboden-page", "");
            Side side = !standby.isEmpty() ? Side.STANDBY : !primary.isEmpty() ? Side.PRIMARY : Side.NEITHER;
            String kind = side == Side.STANDBY ? standby : primary;
            return new Page(side, kind, text.toString(), List.copyOf(links), List.copyOf(forms));
        }

        private void text(String raw) {
            if (!hidden && !raw.isBlank()) {
                text.append(unescaped(raw.strip().replaceAll("\\s+", " "))).append(' ');
            }
        }

        private void open(String name, Map<String, String> with) {
            switch (name) {
                case "meta" -> metas.put(with.getOrDefault("name", ""), with.getOrDefault("content", ""));
                case "style", "script" -> hidden = true;
                case "a" -> {
                    anchor = with;
                    textFrom = text.length();
                }
                case "form" -> {
                    form = with;
                    fields = new LinkedHashMap<>();
                }
                case "input" -> input(with);
                case "select" -> select = with.getOrDefault("name", "");
                case "option" -> option(with);
                case "textarea" -> {
                    textarea = with.getOrDefault("name", "");
                    textFrom = text.length();
                }
                default -> {}
            }
        }

        private void close(String name) {
            switch (name) {
                case "style", "script" -> hidden = false;
                case "a" -> {
                    if (anchor.containsKey("href")) {
                        links.add(new Link(
                                anchor.get("href"), text.substring(textFrom).strip()));
                    }
                    anchor = Map.of();
                }
                case "form" -> {
                    forms.add(new Form(
                            form.getOrDefault("method", "get").toLowerCase(Locale.ROOT),
                            form.getOrDefault("action", ""),
                            fields));
                    fields = new LinkedHashMap<>();
                }
                case "textarea" -> fields.put(textarea, text.substring(textFrom).strip());
                case "select" -> select = "";
                default -> {}
            }
        }

        private void input(Map<String, String> with) {
            String type = with.getOrDefault("type", "text").toLowerCase(Locale.ROOT);
            boolean chosen = !type.equals("checkbox") && !type.equals("radio") || with.containsKey("checked");
            if (with.containsKey("name") && chosen && !type.equals("submit") && !type.equals("button")) {
                fields.put(with.get("name"), with.getOrDefault("value", ""));
            }
        }

        private void option(Map<String, String> with) {
            if (!select.isEmpty() && (with.containsKey("selected") || !fields.containsKey(select))) {
                fields.put(select, with.getOrDefault("value", ""));
            }
        }

        private static Map<String, String> attributes(String raw) {
            var attributes = new HashMap<String, String>();
            Matcher each = ATTRIBUTE.matcher(raw);
            while (each.find()) {
                String value = each.group(2) != null
                        ? each.group(2)
                        : each.group(3) != null ? each.group(3) : each.group(4) != null ? each.group(4) : "";
                attributes.putIfAbsent(each.group(1).toLowerCase(Locale.ROOT), unescaped(value));
            }
            return attributes;
        }
    }
}
