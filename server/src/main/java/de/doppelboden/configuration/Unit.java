package de.doppelboden.configuration;

import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the text of a value becomes a value.
 *
 * @param name as the reference calls it
 * @param expected what an error says was expected
 * @param filler stands in for a value that is missing or wrong, so that reading goes on and finds all errors at once
 */
record Unit<T>(String name, String expected, Function<String, T> parse, Comparator<T> order, T filler) {

    static final Unit<String> TEXT = new Unit<>("text", "a text", Function.identity(), Comparator.naturalOrder(), "");
    static final Unit<Duration> DURATION = new Unit<>(
            "duration", "a number with ms, s, m, h or d", Unit::duration, Comparator.naturalOrder(), Duration.ZERO);
    static final Unit<DataSize> SIZE = new Unit<>(
            "size", "a number with B, KB, MB or GB", DataSize::parse, Comparator.naturalOrder(), new DataSize(0));
    static final Unit<Percent> PERCENT =
            new Unit<>("percent", "a number with %", Percent::parse, Comparator.naturalOrder(), new Percent(0));
    static final Unit<Address> ADDRESS = new Unit<>(
            "address",
            "host:port",
            Address::parse,
            Comparator.comparing(Address::toString),
            new Address("127.0.0.1", 0));
    static final Unit<URI> URL = new Unit<>(
            "url",
            "a URL with http or https, and a host",
            Unit::url,
            Comparator.naturalOrder(),
            URI.create("http://-"));
    static final Unit<Long> NUMBER =
            new Unit<>("number", "a whole number", Numbers::whole, Comparator.naturalOrder(), 0L);
    static final Unit<Boolean> FLAG =
            new Unit<>("yes or no", "true or false", Unit::flag, Comparator.naturalOrder(), false);
    static final Unit<LocalTime> TIME_OF_DAY = new Unit<>(
            "time of day", "a time as 06:30", LocalTime::parse, Comparator.naturalOrder(), LocalTime.MIDNIGHT);

    static <E extends Enum<E>> Unit<E> choice(Class<E> type) {
        E[] all = type.getEnumConstants();
        String names = Arrays.stream(all).map(Unit::lower).collect(Collectors.joining(", "));
        Function<String, E> parse = text -> Arrays.stream(all)
                .filter(e -> lower(e).equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such choice"));
        return new Unit<>("choice", "one of " + names, parse, Comparator.naturalOrder(), all[0]);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration duration(String text) {
        String stripped = text.strip();
        int digits = 0;
        while (digits < stripped.length() && Character.isDigit(stripped.charAt(digits))) {
            digits++;
        }
        long amount = Numbers.whole(stripped.substring(0, digits));
        return switch (stripped.substring(digits).strip()) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException("no unit");
        };
    }

    private static boolean flag(String text) {
        return switch (text.strip()) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw new IllegalArgumentException("neither");
        };
    }

    private static URI url(String text) {
        URI uri = URI.create(text.strip());
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw new IllegalArgumentException("no web address");
        }
        return uri;
    }
}
