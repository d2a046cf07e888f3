package de.doppelboden.city.population;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Surnames and forenames by origin and generation, from the list {@code names.tsv}. */
final class Names {

    /** A group of families of one origin. */
    record Origin(
            String nationality, double weight, WeightedNames surnames, WeightedNames male, WeightedNames female) {}

    private static final String RESOURCE = "/city/names.tsv";

    private final Map<String, WeightedNames> lists = new HashMap<>();
    private final List<Origin> origins = new ArrayList<>();
    private final double totalWeight;

    Names() {
        var groups = new LinkedHashMap<String, String[]>();
        for (String line : lines()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] fields = line.split("\t", -1);
                List<String> names = Arrays.stream(fields[4].split(" "))
                        .map(name -> name.replace('_', ' '))
                        .toList();
                lists.put(fields[0] + fields[3], new WeightedNames(names, fields[3].equals("s") ? 0.66 : 0.6, 4));
                groups.put(fields[0], fields);
            }
        }
        groups.forEach((group, fields) -> {
            double weight = Double.parseDouble(fields[1]);
            if (weight > 0) {
                origins.add(new Origin(fields[2], weight, list(group + "s"), list(group + "m"), list(group + "f")));
            }
        });
        totalWeight = origins.stream().mapToDouble(Origin::weight).sum();
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(Names.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WeightedNames list(String key) {
        return Objects.requireNonNull(lists.get(key), key);
    }

    Origin origin(RandomGenerator random) {
        double at = random.nextDouble() * totalWeight;
        for (Origin origin : origins) {
            at -= origin.weight();
            if (at < 0) {
                return origin;
            }
        }
        return origins.getLast();
    }

    /** A surname; without an origin a German one, half of them of the rare kind. */
    String surname(@Nullable Origin origin, RandomGenerator random) {
        if (origin != null) {
            return origin.surnames().next(random);
        }
        return random.nextInt(100) < 55 ? list("DEs").next(random) : rareSurname(random);
    }

    private String rareSurname(RandomGenerator random) {
        String name = list("DEh").next(random) + list("DEt").next(random);
        return random.nextInt(4) == 0 ? name + (name.endsWith("e") || name.endsWith("er") ? "s" : "er") : name;
    }

    String forename(boolean female, int birthYear, @Nullable Origin origin, RandomGenerator random) {
        int luck = random.nextInt(100);
        if (origin != null && luck < 75) {
            return (female ? origin.female() : origin.male()).next(random);
        }
        String generation = birthYear >= 1998 || luck < 20 ? "NEW" : birthYear < 1955 ? "OLD" : "MID";
        return list(generation + (female ? "f" : "m")).next(random);
    }

    List<String> german(String kind) {
        return list(kind).names();
    }
}
