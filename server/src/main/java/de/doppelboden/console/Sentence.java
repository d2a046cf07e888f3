package de.doppelboden.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sentence of the loop as a page says it: in German where {@code texts/sentences.txt} has it, else in its own English words.
 *
 * @param english as it stands in the logs
 */
public record Sentence(String text, boolean german, String english) {

    private static final List<Form> FORMS = read();
    private static final Pattern HOLE = Pattern.compile("\\{(\\d)}");
    private static final Pattern DECIMAL = Pattern.compile("(\\d+)\\.(\\d+)( s)?");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");
    private static final int DEEPEST = 6;
    private static final int LONGEST = 4000;

    /** One sentence in both languages; {@code open} if it begins with a hole. */
    private record Form(Pattern english, boolean open, String german) {}

    /** The sentence, said in German if that is possible. */
    public static Sentence of(String english) {
        return time(english)
                .or(() -> translated(english, 0).map(Sentence::whole))
                .map(german -> new Sentence(german, true, english))
                .orElseGet(() -> new Sentence(english, false, english));
    }

    /** A name of the loop as people call it: an operation of a service. */
    public static String name(String english) {
        return translated(english, 0).orElse(english);
    }

    private static Optional<String> translated(String english, int depth) {
        if (depth > DEEPEST || english.length() > LONGEST) {
            return Optional.empty();
        }
        for (Form form : FORMS) {
            Matcher matcher = form.english.matcher(english);
            if (matcher.matches()) {
                return Optional.of(HOLE.matcher(form.german)
                        .replaceAll(hole -> Matcher.quoteReplacement(
                                part(matcher.group(Integer.parseInt(hole.group(1))), depth + 1))));
            }
        }
        return Optional.empty();
    }

    /** A number, a time, a name, several names, or a sentence again. */
    private static String part(String english, int depth) {
        Matcher number = DECIMAL.matcher(english);
        if (number.matches()) {
            return english.replace('.', ',');
        }
        return translated(english, depth).or(() -> time(english)).orElseGet(() -> list(english, depth + 1));
    }

    /** Sentences parted by semicolons, names parted by commas; one alone stays as it is. */
    private static String list(String english, int depth) {
        String between = english.contains("; ") ? "; " : ", ";
        String[] parts = english.split(between, -1);
        return parts.length == 1
                ? english
                : Arrays.stream(parts)
                        .map(part -> translated(part, depth).orElse(part))
                        .collect(Collectors.joining(between));
    }

    private static Optional<String> time(String english) {
        try {
            Instant at = Instant.parse(english);
            return Optional.of(Moments.day(at) + ", " + Moments.clock(at));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String whole(String german) {
        String text = german.strip();
        String sentence = text.substring(0, 1).toUpperCase(java.util.Locale.GERMAN) + text.substring(1);
        return sentence.matches("(?s).*[.!?…]") ? sentence : sentence + ".";
    }

    private static List<Form> read() {
        try (InputStream in = Sentence.class.getResourceAsStream("/texts/sentences.txt")) {
            if (in == null) {
                throw new IllegalStateException("texts/sentences.txt is not in the jar");
            }
            List<Form> forms = new ArrayList<>();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    form(line).ifPresent(forms::add);
                }
            }
            // What begins with a hole fits many a sentence whose own pattern stands further below.
            forms.sort(Comparator.comparing(Form::open));
            return List.copyOf(forms);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Form> form(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return Optional.empty();
        }
        String[] both = line.split(" => ", 2);
        if (both.length < 2) {
            throw new IllegalStateException("texts/sentences.txt: not english => german: " + line);
        }
        // Patterns name their holes in order, so that the groups of the expression have the same numbers.
        String expression = "\\Q"
                + both[0].strip().replaceAll("\\{\\d}", "\\\\E(.+?)\\\\Q").replaceAll("<\\d>", "\\\\E(\\\\S+)\\\\Q")
                + "\\E";
        return Optional.of(
                new Form(Pattern.compile(expression, Pattern.DOTALL), both[0].startsWith("{"), both[1].strip()));
    }
}
