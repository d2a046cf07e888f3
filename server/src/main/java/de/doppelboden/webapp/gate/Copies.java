package de.doppelboden.webapp.gate;

import de.doppelboden.continuity.Time;
import de.doppelboden.gateway.Refusals;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.Headers;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The last good copies of what the application lets a shared cache keep (RFC 9111 section 3), shown with their age when neither side
 * answers (section 4.2.4). What is personal, or must be asked for anew each time, is not among it. Any thread.
 */
final class Copies {

    static final int MOST_BYTES = 256 * 1024;
    private static final long ALL_BYTES = 16L * 1024 * 1024;
    private static final int LISTED_AT_MOST = 12;
    private static final int TITLE_WITHIN = 4 * 1024;
    private static final Pattern TITLE = Pattern.compile("(?is)<title>\\s*([^<]{1,100})</title>");
    private static final Duration RENEWED_AFTER = Duration.ofMinutes(1);
    private static final List<String> FIELDS = List.of(
            "Content-Encoding",
            "Content-Language",
            "Content-Security-Policy",
            "ETag",
            "Last-Modified",
            "Referrer-Policy",
            "Vary",
            "X-Content-Type-Options",
            "X-Frame-Options");

    /** What a page is made of. A program would take old data for new ones: it is told that there are none. */
    private static final Pattern FOR_PEOPLE = Pattern.compile(
            "(?i)(?:text/(?:html|css|plain|javascript)|image/|font/|application/(?:javascript|pdf|xhtml|manifest))");

    private static final Set<String> OF_ITS_BYTES = Set.of("Content-Encoding", "ETag", "Last-Modified");

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();

    /** The one that was asked for longest ago first. */
    private final LinkedHashMap<String, Copy> copies = new LinkedHashMap<>(64, 0.75f, true);

    private long bytes;

    /**
     * @param target what was asked for, of which host
     * @param noted it is as it is to be shown
     */
    private record Copy(
            String host,
            String target,
            String contentType,
            byte[] body,
            List<Reply.Field> fields,
            long taken,
            boolean noted) {

        /** One that others may want as well: what stands behind a question mark somebody has typed. */
        boolean isPage() {
            return contentType.startsWith("text/html") && target.indexOf('?') < 0;
        }

        /** By its title, if that can be read. */
        Refusals.Link link() {
            var title = TITLE.matcher(new String(body, 0, Math.min(body.length, TITLE_WITHIN), StandardCharsets.UTF_8));
            boolean plain = fields.stream().noneMatch(field -> field.name().equals("Content-Encoding"));
            return new Refusals.Link(
                    target, plain && title.find() ? title.group(1).strip() : target);
        }

        int size() {
            return body.length + 512;
        }

        Reply reply() {
            return new Reply(200, contentType, body, fields);
        }

        /** As it is shown: above a page stands what it is. Of what is not as the application gave it, its names for that say nothing. */
        Copy shown(Instant moment) {
            if (noted || !contentType.startsWith("text/html")) {
                return this;
            }
            String encoding = fields.stream()
                    .filter(field -> field.name().equals("Content-Encoding"))
                    .map(Reply.Field::value)
                    .findFirst()
                    .orElse("");
            var still = fields.stream()
                    .filter(field -> !OF_ITS_BYTES.contains(field.name()))
                    .toList();
            return StaleNote.in(body, encoding, moment)
                    .map(page -> new Copy(host, target, contentType, page, still, taken, true))
                    .orElseGet(() -> new Copy(host, target, contentType, body, fields, taken, true));
        }
    }

    Copies(Time time) {
        this.time = time;
    }

    /** Keeps the answer if it may be kept and the last copy is old; reads it ahead as far as it must. */
    void take(RequestHead request, Call.Responded answer) throws IOException {
        if (!mayBeKept(request, answer)) {
            return;
        }
        boolean packed = answer.head().headers().has("content-encoding");
        String key = packed ? packedKey(request) : key(request);
        if (!isOld(key)) {
            return;
        }
        byte[] body = answer.readAhead(MOST_BYTES);
        if (!answer.whole()) {
            return;
        }
        var headers = answer.head().headers();
        var fields = new ArrayList<Reply.Field>();
        for (String name : FIELDS) {
            headers.first(name.toLowerCase(Locale.ROOT)).ifPresent(value -> fields.add(new Reply.Field(name, value)));
        }
        String type = headers.first("content-type").orElse("application/octet-stream");
        long age = headers.first("age")
                .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
        put(
                key,
                new Copy(
                        request.host(),
                        request.target(),
                        type,
                        body.clone(),
                        fields,
                        time.nanos() - age * 1_000_000_000L,
                        false));
    }

    private static boolean mayBeKept(RequestHead request, Call.Responded answer) {
        var asked = request.headers();
        var headers = answer.head().headers();
        if (!request.method().equals("GET")
                || answer.head().status() != 200
                || answer.endless()
                || asked.has("authorization")
                || asked.has("range")
                || asked.lists("cache-control", "no-store")
                || headers.has("set-cookie")
                || !shared(headers, asked.has("cookie"))) {
            return false;
        }
        boolean forPeople =
                FOR_PEOPLE.matcher(headers.first("content-type").orElse("")).lookingAt();
        boolean small = headers.first("content-length")
                .map(length -> length.matches("[0-9]{1,6}") && Integer.parseInt(length) <= MOST_BYTES)
                .orElse(true); // its end is looked for
        boolean forAll = headers.first("vary")
                .map(vary -> vary.strip().equalsIgnoreCase("accept-encoding"))
                .orElse(true);
        return forPeople && small && forAll;
    }

    /**
     * What may be given to others, and when it is old as well (RFC 9111 section 5.2.2; {@code s-maxage} forbids that).
     *
     * @param known the user has said who she is: then only what is expressly for everybody
     */
    private static boolean shared(Headers headers, boolean known) {
        boolean everybody = false;
        boolean fresh = false;
        for (String line : headers.all("cache-control")) {
            for (String directive : line.toLowerCase(Locale.ROOT).split(",", 50)) {
                String plain = directive.strip();
                switch (plain) {
                    case "private", "no-store", "no-cache", "must-revalidate", "proxy-revalidate" -> {
                        return false;
                    }
                    case "public" -> everybody = true;
                    default -> {
                        if (plain.startsWith("s-maxage=")) {
                            return false;
                        }
                        fresh |= plain.startsWith("max-age=") && !plain.endsWith("=0");
                    }
                }
            }
        }
        return everybody || fresh && !known;
    }

    /** What is not packed, every browser can read. */
    private static String key(RequestHead request) {
        return request.host() + " " + request.target();
    }

    private static String packedKey(RequestHead request) {
        return key(request) + " " + request.headers().first("accept-encoding").orElse("");
    }

    private boolean isOld(String key) {
        lock.lock();
        try {
            var known = copies.get(key);
            return known == null || time.nanos() - known.taken() > RENEWED_AFTER.toNanos();
        } finally {
            lock.unlock();
        }
    }

    private void put(String key, Copy copy) {
        lock.lock();
        try {
            var before = copies.put(key, copy);
            bytes += copy.size() - (before == null ? 0 : before.size());
            for (var oldest = copies.values().iterator(); bytes > ALL_BYTES && oldest.hasNext(); ) {
                bytes -= oldest.next().size();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Pages of that host of which there is a copy, those that were asked for last first. */
    List<Refusals.Link> readable(String host) {
        lock.lock();
        try {
            return copies.sequencedValues().reversed().stream()
                    .filter(copy -> copy.isPage() && copy.host().equals(host))
                    .map(Copy::link)
                    .distinct()
                    .limit(LISTED_AT_MOST)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The last good answer to this request, with its age in seconds; a page says above its text that it is a copy. */
    Optional<Reply> of(RequestHead request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Optional.empty();
        }
        return found(request).map(copy -> copy.reply().with("Age", Long.toString(age(copy))));
    }

    private Optional<Copy> found(RequestHead request) {
        lock.lock();
        try {
            String key = copies.containsKey(packedKey(request)) ? packedKey(request) : key(request);
            var copy = copies.get(key);
            if (copy == null) {
                return Optional.empty();
            }
            var shown = copy.shown(time.wall().minusSeconds(age(copy)));
            if (shown != copy) { // once for all who ask
                put(key, shown);
            }
            return Optional.of(shown);
        } finally {
            lock.unlock();
        }
    }

    private long age(Copy copy) {
        return (time.nanos() - copy.taken()) / 1_000_000_000L;
    }
}
