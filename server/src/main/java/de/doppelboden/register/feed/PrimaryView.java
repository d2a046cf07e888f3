package de.doppelboden.register.feed;

import java.util.List;
import java.util.stream.Collectors;

/** The SQL that both sides share: the columns of the primary's view, a row's hash, and its bucket. */
final class PrimaryView {

    /** Columns of {@code export.resident}, in the order of the copy's table. */
    static final List<String> COLUMNS = List.of(
            "om",
            "stand",
            "geaendert",
            "xid",
            "familienname",
            "geburtsname",
            "fruehere_namen",
            "vornamen",
            "rufname",
            "doktorgrad",
            "geburtsdatum",
            "geburtsort",
            "geschlecht",
            "staatsangehoerigkeit",
            "strasse",
            "hausnummer",
            "zusatz",
            "plz",
            "ort",
            "einzug",
            "verstorben",
            "auskunftssperre",
            "sperre_grund",
            "sperre_seit");

    static final List<String> SEARCH_COLUMNS =
            List.of("familienname_suche", "geburtsname_suche", "fruehere_suche", "vornamen_suche");

    static final String SELECT = "select " + String.join(", ", COLUMNS) + " from export.resident";

    /** 4,096 buckets; the same person falls into the same bucket on both sides. */
    static final String BUCKET = "('x' || left(md5(om), 3))::bit(12)::int";

    /** 64 bits of a row's content; md5 because every PostgreSQL has it and gives the same on every version. */
    static final String HASH = "('x' || left(md5(concat_ws(chr(31), " + content() + ")), 16))::bit(64)::bigint";

    private PrimaryView() {}

    /** The columns with a prefix, "i.om, i.stand, ...". */
    static String columns(String alias) {
        return COLUMNS.stream().map(column -> alias + "." + column).collect(Collectors.joining(", "));
    }

    private static String content() {
        return COLUMNS.stream()
                .filter(column -> !List.of("geaendert", "xid").contains(column))
                .map(PrimaryView::text)
                .collect(Collectors.joining(", "));
    }

    private static String text(String column) {
        return List.of("einzug", "verstorben", "sperre_seit").contains(column)
                ? "coalesce(to_char(" + column + ", 'YYYY-MM-DD'), '')"
                : "coalesce(" + column + "::text, '')";
    }
}
