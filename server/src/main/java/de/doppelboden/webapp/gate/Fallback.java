package de.doppelboden.webapp.gate;

import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;
import java.io.IOException;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is shown when neither side answers: the last good copy of what was asked for, a file that the operator has laid down for this,
 * the operator's page, else ours. Any thread; blocks for a file.
 */
final class Fallback {

    private static final Logger log = LoggerFactory.getLogger(Fallback.class);
    private static final long FILE_BYTES = 8L * 1024 * 1024;
    private static final String PAGE = "index.html";

    /** Stands in the operator's page for the list of what can be read all the same. */
    private static final String LIST = "<!-- doppelboden: lesbar -->";

    private static final String RETRY_SECONDS = "10";

    private final Copies copies;
    private final Optional<Path> folder;

    /** @param folder with the operator's files, for each path its own, and {@code index.html} for all that there is no file for */
    Fallback(Copies copies, Optional<Path> folder) {
        this.copies = copies;
        this.folder = folder;
    }

    Reply of(RequestHead request) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return copies.of(request)
                .or(() -> reads ? file(request.path()) : Optional.empty())
                .or(() -> page(request))
                .orElseGet(() -> Gone.NEITHER_SIDE.reply(request, copies.readable(request.host())));
    }

    private Optional<Reply> file(String path) {
        return folder.flatMap(in -> resolved(in, path)).flatMap(file -> read(file, 200));
    }

    private Optional<Reply> page(RequestHead request) {
        boolean person = request.headers().lists("accept", "text/html");
        return person
                ? folder.flatMap(in -> read(in.resolve(PAGE), 503))
                        .map(page -> listed(page, request).with("Retry-After", RETRY_SECONDS))
                : Optional.empty();
    }

    /** The operator's page with what can be read all the same, where it says that this is to stand. */
    private Reply listed(Reply page, RequestHead request) {
        String text = new String(page.body(), StandardCharsets.UTF_8);
        if (!text.contains(LIST)) {
            return page;
        }
        String list = Gone.NEITHER_SIDE.list(copies.readable(request.host()));
        byte[] whole = text.replace(LIST, list).getBytes(StandardCharsets.UTF_8);
        return new Reply(page.status(), page.contentType(), whole, page.fields());
    }

    private static Optional<Path> resolved(Path folder, String path) {
        try {
            String plain = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            Path file = folder.resolve(plain.substring(1)).normalize();
            boolean hidden = plain.contains("/.");
            return !hidden && file.startsWith(folder) && !file.equals(folder) ? Optional.of(file) : Optional.empty();
        } catch (IllegalArgumentException noPath) {
            return Optional.empty();
        }
    }

    private static Optional<Reply> read(Path file, int status) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > FILE_BYTES) {
                return Optional.empty();
            }
            return Optional.of(new Reply(status, type(file), Files.readAllBytes(file), List.of()));
        } catch (IOException unreadable) {
            log.warn("a file for when neither side answers cannot be read: {}", unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static String type(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return switch (extension) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "txt" -> "text/plain; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "woff2" -> "font/woff2";
            default -> guessed(name);
        };
    }

    private static String guessed(String name) {
        @Nullable String known = URLConnection.guessContentTypeFromName(name);
        return known == null ? "application/octet-stream" : known;
    }
}
