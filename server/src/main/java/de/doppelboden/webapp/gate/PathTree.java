package de.doppelboden.webapp.gate;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Paths that have been seen, as patterns: a segment that looks like a number or a key stands for all such, and so does any of a
 * place that has too many of them. Looking up is wait-free, for any thread; what has grown never shrinks.
 *
 * @param <T> what is known of a pattern
 */
final class PathTree<T> {

    static final int DEPTH = 6;
    static final int CHILDREN = 32;
    private static final int SEGMENT_CHARS = 24;
    private static final int KEY_CHARS = 8;
    private static final String ANY = "*";

    private final Node<T> root = new Node<>();
    private final ReentrantLock growing = new ReentrantLock();

    private static final class Node<T> {
        final ConcurrentHashMap<String, Node<T>> children = new ConcurrentHashMap<>();
        volatile boolean collapsed;
        volatile @Nullable T known;
    }

    /** What is known of the pattern of this path; null if nothing is. */
    @Nullable
    T find(String path) {
        var node = root;
        int depth = 0;
        for (int from = 1; from < path.length() && depth < DEPTH; depth++) {
            int to = end(path, from);
            node = node.children.get(segment(node, path, from, to));
            if (node == null) {
                return null;
            }
            from = to + 1;
        }
        return node.known;
    }

    /**
     * Makes something known of the pattern of this path, unless something is.
     *
     * @param make from the pattern; null to leave it unknown
     */
    void learn(String path, Function<String, @Nullable T> make) {
        growing.lock();
        try {
            var node = root;
            var pattern = new StringBuilder();
            int depth = 0;
            for (int from = 1; from < path.length() && depth < DEPTH; depth++) {
                int to = end(path, from);
                String segment = segment(node, path, from, to);
                if (!node.children.containsKey(segment) && node.children.size() >= CHILDREN) {
                    node.collapsed = true;
                    segment = ANY;
                }
                node = node.children.computeIfAbsent(segment, fresh -> new Node<>());
                pattern.append('/').append(segment);
                from = to + 1;
            }
            if (node.known == null) {
                node.known = make.apply(pattern.isEmpty() ? "/" : pattern.toString());
            }
        } finally {
            growing.unlock();
        }
    }

    private static int end(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    private static <T> String segment(Node<T> at, String path, int from, int to) {
        if (at.collapsed || looksLikeAKey(path, from, to)) {
            return ANY;
        }
        return path.substring(from, to);
    }

    /** A number, a UUID, a hash, a name with a digit in a long word, or something encoded. */
    private static boolean looksLikeAKey(String path, int from, int to) {
        int length = to - from;
        if (length > SEGMENT_CHARS) {
            return true;
        }
        int digits = 0;
        int hexadecimal = 0;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            if (c == '%' || c == '@' || c == ';' || c == ',' || c == '=' || c > '~') {
                return true;
            }
            boolean digit = c >= '0' && c <= '9';
            digits += digit ? 1 : 0;
            hexadecimal += digit || c == '-' || (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? 1 : 0;
        }
        return digits > 0
                && (digits == length || length >= KEY_CHARS && (hexadecimal == length || digits >= KEY_CHARS / 2));
    }
}
