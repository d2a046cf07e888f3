package de.doppelboden.city.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Somebody who works at a desk of a customer centre. */
public record Clerk(
        String login, String password, String name, String office, List<String> roles, List<String> rights) {

    /** May see persons under an information block. */
    public static final String SEES_BLOCKED = "sperre.sehen";

    public static final int DESKS = 170;

    private static final List<String> QUARTERS = List.of(
            "Mitte",
            "Altstadt",
            "Hafen",
            "Neustadt",
            "Nord",
            "Süd",
            "Ost",
            "West",
            "Lindenhof",
            "Marsch",
            "Heide",
            "Deichviertel",
            "Elmwerder",
            "Moorfleet",
            "Bergdorf",
            "Sandkrug",
            "Fischmarkt",
            "Schulkamp",
            "Waldau",
            "Birkenfeld");

    /** The 20 customer centres. */
    public static List<String> offices() {
        return QUARTERS.stream().map(quarter -> "Kundenzentrum " + quarter).toList();
    }

    /**
     * The 170 clerks, s001 to s170, spread evenly. The first of each centre heads it and sees blocked persons; every fifteenth is a
     * registrar as well. The passwords are known: it is a model city.
     */
    public static List<Clerk> all() {
        var random = new SplittableRandom(3);
        var names = new Names();
        List<String> offices = offices();
        var clerks = new ArrayList<Clerk>();
        for (int desk = 0; desk < DESKS; desk++) {
            Names.Origin origin = random.nextInt(4) == 0 ? names.origin(random) : null;
            String name =
                    names.forename(random.nextInt(3) > 0, 1975, origin, random) + " " + names.surname(origin, random);
            boolean heads = desk < offices.size();
            List<String> roles = new ArrayList<>(List.of("sachbearbeitung"));
            if (heads) {
                roles.add("leitung");
            }
            if (desk % 15 == 14) {
                roles.add("standesamt");
            }
            String number = String.format(Locale.ROOT, "%03d", desk + 1);
            clerks.add(new Clerk(
                    "s" + number,
                    "Schalter-" + number,
                    name,
                    offices.get(desk % offices.size()),
                    List.copyOf(roles),
                    heads ? List.of(SEES_BLOCKED) : List.of()));
        }
        return List.copyOf(clerks);
    }
}
