package de.doppelboden.city.population;

import de.doppelboden.city.population.Resident.Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The streets of the model city. */
final class Streets {

    /** The model city; there is no such place, and no postal code begins with 00. */
    static final String TOWN = "Lindhafen";

    private static final int COUNT = 3_000;
    private static final int POSTAL_CODES = 80;

    private static final String[] FIRST =
            ("Linden Birken Eichen Kastanien Rosen Tulpen Ahorn Buchen Erlen Ulmen Weiden Holunder "
                            + "Flieder Heide Moor Deich Hafen Mühlen Kirchen Schul Markt Rathaus Bahnhof Garten Feld Wiesen Wald "
                            + "Berg Sand Stein Brunnen Teich See Fischer Schiffer Bäcker Schmiede Weber Töpfer Reeper Gerber Jäger "
                            + "Förster Koppel Acker Hof Burg Schloss Kloster Dorf Ober Unter Nord Süd Ost West Sonnen Mond Vogel "
                            + "Amsel Drossel Finken Meisen Schwalben Möwen Reiher Storchen Kranich Adler Falken Hirsch Hasen Fuchs "
                            + "Igel Biber Otter Lachs Hecht Barsch Krabben Muschel Anker Segel Kompass Lotsen Kapitäns Königs Grafen "
                            + "Bischofs Schiller Goethe Lessing Heine Brahms Telemann Humboldt Röntgen Virchow")
                    .split(" ");
    private static final String[] LAST =
            ("straße straße straße straße weg weg weg allee platz stieg kamp redder damm deich "
                            + "chaussee gasse ring ufer brücke hof winkel kehre reihe berg")
                    .split(" ");
    private static final String[] BEFORE = {"Am ", "Beim ", "Auf dem ", "Im ", "Zum "};
    /** Endings that go with them. */
    private static final String[] MASCULINE = "weg platz stieg kamp damm deich ring hof winkel berg".split(" ");

    private final WeightedNames streets;
    private final List<String> ranked;

    Streets(Names names) {
        ranked = List.copyOf(invent(names));
        streets = new WeightedNames(ranked, 0.35, 100);
    }

    private static Set<String> invent(Names names) {
        var random = new SplittableRandom(11);
        List<String> people = names.german("DEs");
        List<String> men = names.german("MIDm");
        var streets = new LinkedHashSet<String>();
        while (streets.size() < COUNT) {
            String first = FIRST[random.nextInt(FIRST.length)];
            String last = LAST[random.nextInt(LAST.length)];
            streets.add(
                    switch (random.nextInt(10)) {
                        case 0, 1 ->
                            people.get(random.nextInt(people.size())) + (random.nextBoolean() ? "straße" : "weg");
                        case 2 ->
                            men.get(random.nextInt(men.size())) + "-" + people.get(random.nextInt(people.size())) + "-"
                                    + capital(last);
                        case 3 ->
                            BEFORE[random.nextInt(BEFORE.length)] + first + MASCULINE[random.nextInt(MASCULINE.length)];
                        default -> first + last;
                    });
        }
        return streets;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.GERMAN) + word.substring(1);
    }

    Address address(RandomGenerator random) {
        String street = streets.next(random);
        int number = 1 + (int) (Math.pow(random.nextDouble(), 1.6) * 180);
        String letter = random.nextInt(12) == 0 ? String.valueOf((char) ('a' + random.nextInt(4))) : "";
        String addition = random.nextInt(40) == 0 ? "Hinterhaus" : "";
        return new Address(street, number + letter, addition, postalCode(street), TOWN);
    }

    private static String postalCode(String street) {
        return String.format(Locale.ROOT, "00%03d", 100 + Math.floorMod(street.hashCode(), POSTAL_CODES));
    }

    List<String> towns() {
        return new ArrayList<>(List.of(
                TOWN,
                TOWN,
                TOWN,
                "Hamburg",
                "Bremen",
                "Kiel",
                "Lübeck",
                "Berlin",
                "Köln",
                "Hannover",
                "Dresden",
                "München"));
    }
}
