package de.doppelboden.console;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/**
 * Style sheets, fonts and the script. Each has its content's hash in its address and is kept by browsers for a year; an
 * address with an old hash gets the file of today. Only the files named here exist.
 */
@Controller
final class Assets {

    private static final Map<String, Kind> FILES = Map.of(
            "kern.css", new Kind("vendor/kern-2.7.2.min.css", "text/css;charset=UTF-8"),
            "doppelboden.css", new Kind("doppelboden.css", "text/css;charset=UTF-8"),
            "print.css", new Kind("print.css", "text/css;charset=UTF-8"),
            "htmx.js", new Kind("vendor/htmx-4.0.1.min.js", "text/javascript;charset=UTF-8"),
            "NotoSans-Regular.woff2", new Kind("vendor/NotoSans-Regular.woff2", "font/woff2"),
            "NotoSans-Bold.woff2", new Kind("vendor/NotoSans-Bold.woff2", "font/woff2"),
            "icon.svg", new Kind("icon.svg", "image/svg+xml"));

    private static final Map<String, Loaded> LOADED = new ConcurrentHashMap<>();

    /** Where {@code name} is served, below the page's base. */
    static String address(String name) {
        return "/assets/" + loaded(name).hash() + "/" + name;
    }

    @GetMapping({"/assets/{hash}/{name}", "/notbetrieb/assets/{hash}/{name}"})
    ResponseEntity<byte[]> asset(@PathVariable String name, HttpServletRequest request) {
        Kind kind = FILES.get(name);
        if (kind == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Loaded file = loaded(name);
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean zipped = file.zipped().length > 0 && accepted != null && accepted.contains("gzip");
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, kind.type())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return zipped
                ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(file.zipped())
                : answer.body(file.plain());
    }

    private static Loaded loaded(String name) {
        return LOADED.computeIfAbsent(name, Assets::load);
    }

    private static Loaded load(String name) {
        Kind kind = FILES.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("no such asset: " + name);
        }
        try (InputStream in = Assets.class.getResourceAsStream("/static/assets/" + kind.path())) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + kind.path());
            }
            byte[] plain = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(plain);
            byte[] zipped = kind.type().startsWith("font/") ? new byte[0] : zip(plain);
            return new Loaded(HexFormat.of().formatHex(hash, 0, 6), plain, zipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks SHA-256, which every Java must have", e);
        }
    }

    private static byte[] zip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private record Kind(String path, String type) {}

    @SuppressWarnings("ArrayRecordComponent") // two buffers that nobody compares
    private record Loaded(String hash, byte[] plain, byte[] zipped) {}
}
