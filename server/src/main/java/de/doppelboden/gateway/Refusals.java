package de.doppelboden.gateway;

import de.doppelboden.console.Texts;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The short page (German) or problem+json (RFC 9457) that a gateway answers with when it must refuse a request. */
public final class Refusals {

    private static final int MOST_DETAIL = 200;

    private Refusals() {}

    /** @param detail a short sentence without personal data; only programs see it */
    public static Reply of(int status, String detail, @Nullable RequestHead head) {
        boolean person = head == null || head.headers().lists("accept", "text/html");
        var reply = person ? Reply.html(status, page(status)) : problem(status, title(status), detail);
        return status == 503 || status == 429 ? reply.with("Retry-After", "5") : reply;
    }

    private static String page(int status) {
        String key = "error." + (Texts.has("error." + status + ".title") ? status : status >= 500 ? 503 : 400);
        return page(Texts.t(key + ".title"), Texts.t(key + ".advice"), Texts.t("error.code", status));
    }

    /** A page that needs nothing but itself. */
    public static String page(String title, String... paragraphs) {
        return linked("", title, paragraphs);
    }

    /** @param links before the one to the first page */
    private static String linked(String links, String title, String... paragraphs) {
        var text = new StringBuilder();
        for (String paragraph : paragraphs) {
            text.append("<p>").append(escaped(paragraph)).append("</p>");
        }
        text.append(links)
                .append("<p><a href=\"/\">")
                .append(escaped(Texts.t("error.home")))
                .append("</a></p>");
        return """
                <!doctype html><html lang="de"><head><meta charset="utf-8">\
                <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="doppelboden-page" content="fehler">\
                <title>%1$s</title><style>body{margin:0;font:1.1rem/1.5 "Noto Sans",sans-serif;\
                color:#131525;background:#fff}main{max-width:40rem;margin:0 auto;padding:2rem 1rem 3rem}h1{line-height:1.25;\
                font-size:1.6rem}body::before{content:"";display:block;height:.5rem;background:#2044aa}\
                a{color:#2044aa;text-underline-offset:3px}a:focus-visible{outline:3px solid #454b6b;outline-offset:2px}\
                </style></head><body><main><h1>%1$s</h1>%2$s</main></body></html>
                """.formatted(escaped(title), text);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /**
     * What has happened, what still works, what to do.
     *
     * @param key of four texts: {@code title}, {@code what}, {@code still}, {@code do}
     */
    public static Reply explained(RequestHead request, int status, String key) {
        return explained(request, status, key, List.of());
    }

    /** Where something can still be read; {@code href} is a path with its query, as it was asked for. */
    public record Link(String href, String text) {}

    /** @param readable what can still be read: then there is a fifth text, {@code readable}, above it */
    public static Reply explained(RequestHead request, int status, String key, List<Link> readable) {
        if (!request.headers().lists("accept", "text/html")) {
            return problem(status, Texts.t(key + ".title"), Texts.t(key + ".what"));
        }
        return Reply.html(
                status,
                linked(
                        list(key, readable) + (request.method().equals("GET") ? again() : ""),
                        Texts.t(key + ".title"),
                        Texts.t(key + ".what"),
                        Texts.t(key + ".still"),
                        Texts.t(key + ".do")));
    }

    /** @param key of the text above the list: {@code readable} */
    public static String list(String key, List<Link> links) {
        if (links.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("<p>" + escaped(Texts.t(key + ".readable")) + "</p><ul>");
        for (var link : links) {
            text.append("<li><a href=\"")
                    .append(escaped(link.href()).replace("\"", "&quot;"))
                    .append("\">")
                    .append(escaped(link.text()))
                    .append("</a></li>");
        }
        return text.append("</ul>").toString();
    }

    /** To the same address. */
    private static String again() {
        return "<p><a href=\"\">" + escaped(Texts.t("error.again")) + "</a></p>";
    }

    public static Reply problem(int status, String title, String detail) {
        String text = detail.length() > MOST_DETAIL ? detail.substring(0, MOST_DETAIL) : detail;
        return Reply.json(
                status,
                "{\"type\":\"about:blank\",\"status\":" + status + ",\"title\":" + quoted(title) + ",\"detail\":"
                        + quoted(text) + "}");
    }

    private static String title(int status) {
        return status >= 500 ? "The request could not be served" : "The request was not accepted";
    }

    /** A JSON string; what is not plain ASCII is escaped. */
    private static String quoted(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
