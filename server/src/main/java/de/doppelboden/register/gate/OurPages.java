package de.doppelboden.register.gate;

import de.doppelboden.register.RegisterOperations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Our pages under {@value #BASE}, and which page of the primary each corresponds to. */
final class OurPages {

    static final String BASE = "/notbetrieb";
    static final String START = BASE + "/";
    static final String LOG_IN = BASE + "/anmeldung";
    static final String LOG_OUT = BASE + "/abmeldung";
    static final String TAKE_OVER = BASE + "/uebernahme";
    static final String CARRIED = BASE + "/ausgefuehrt";
    static final String RECEIPTS = BASE + "/beleg/";

    private static final Pattern OM = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final Pattern TRICK = Pattern.compile("(^|/)\\.{1,2}(/|$)|//|[;\\\\]|%");
    /** First parts of pages that both sides have. */
    private static final Set<String> SHARED = Set.of("", "suche", "person", "zuzug");

    private static final Set<String> STAY = Set.of("beleg", "ausgefuehrt", "offen", "assets", "anmeldung", "abmeldung");
    private static final Map<String, String> OUR_QUERY = Map.of(
            "nachname", "familienname",
            "name", "familienname",
            "familienname", "familienname",
            "vorname", "vorname",
            "vornamen", "vorname",
            "gebdat", "geburtsdatum",
            "geburtsdatum", "geburtsdatum");
    private static final Map<String, String> PRIMARYS_QUERY =
            Map.of("familienname", "nachname", "vorname", "vorname", "geburtsdatum", "gebdat");

    private OurPages() {}

    static boolean ours(String path) {
        return path.equals(BASE) || path.startsWith(START);
    }

    /** A page that users may ask for; what only the gate asks of the control process is none. */
    static boolean open(String path) {
        String[] parts = path.split("/", -1);
        String first = parts.length > 2 ? parts[2] : "";
        return SHARED.contains(first) || STAY.contains(first);
    }

    /**
     * A path that one program reads otherwise than another; such a one is refused, never passed to our pages, whose own paths
     * need no escapes.
     */
    static boolean tricky(String path) {
        return TRICK.matcher(path.toLowerCase(Locale.ROOT)).find();
    }

    /** Our page for an operation at the primary. */
    static String of(String operation, String om, Map<String, String> query) {
        String person = BASE + "/person/" + om;
        boolean known = OM.matcher(om).matches();
        return switch (operation) {
            case RegisterOperations.SEARCH -> BASE + "/suche" + query(query, OUR_QUERY);
            case RegisterOperations.VIEW -> known ? person : START;
            case RegisterOperations.CERTIFICATE -> known ? person + "/bescheinigung" : START;
            case RegisterOperations.MOVE -> known ? person + "/umzug" : START;
            case RegisterOperations.BLOCK -> known ? person + "/sperre" : START;
            case RegisterOperations.CIVIL -> known ? person + "/personenstand" : START;
            case RegisterOperations.IMMIGRATE -> BASE + "/zuzug";
            case RegisterOperations.LOGIN -> LOG_IN;
            default -> START;
        };
    }

    /** What is done on one of our pages; null for those that belong to no operation. */
    static @Nullable String operation(String path, String method) {
        String[] parts = path.substring(BASE.length()).split("/", -1);
        String first = parts.length > 1 ? parts[1] : "";
        String last = parts.length > 3 ? parts[3] : "";
        if (first.equals("suche")) {
            return RegisterOperations.SEARCH;
        }
        if (first.equals("zuzug")) {
            return method.equals("POST") ? RegisterOperations.IMMIGRATE : RegisterOperations.VIEW;
        }
        if (!first.equals("person") || parts.length < 3) {
            return first.isEmpty() ? RegisterOperations.SEARCH : null;
        }
        return switch (last) {
            case "" -> RegisterOperations.VIEW;
            case "bescheinigung" -> RegisterOperations.CERTIFICATE;
            case "umzug" -> method.equals("POST") ? RegisterOperations.MOVE : RegisterOperations.VIEW;
            case "sperre" -> method.equals("POST") ? RegisterOperations.BLOCK : RegisterOperations.VIEW;
            case "personenstand" -> RegisterOperations.CIVIL;
            default -> null;
        };
    }

    /** The key in one of our paths; empty if there is none. */
    static String om(String path) {
        String[] parts = path.split("/", -1);
        return parts.length > 3
                        && parts[2].equals("person")
                        && OM.matcher(parts[3]).matches()
                ? parts[3]
                : "";
    }

    /** Receipts and the like exist with us only and are shown whoever serves. */
    static boolean staysWithUs(String path) {
        String[] parts = path.split("/", -1);
        return parts.length > 2 && STAY.contains(parts[2]);
    }

    /** The primary's page for one of ours. */
    static String primarys(String path, Map<String, String> query, OperationTable table) {
        String om = om(path);
        String[] parts = path.split("/", -1);
        String last = parts.length > 4 ? parts[4] : "";
        String operation = switch (parts.length > 2 ? parts[2] : "") {
            case "person" ->
                switch (last) {
                    case "bescheinigung" -> RegisterOperations.CERTIFICATE;
                    case "umzug" -> RegisterOperations.MOVE;
                    case "sperre" -> RegisterOperations.BLOCK;
                    case "personenstand" -> RegisterOperations.CIVIL;
                    default -> RegisterOperations.VIEW;
                };
            case "zuzug" -> RegisterOperations.IMMIGRATE;
            default -> RegisterOperations.SEARCH;
        };
        String page = table.page(operation, om);
        if (page == null && !om.isEmpty()) {
            page = table.page(RegisterOperations.VIEW, om);
        }
        if (page == null) {
            return "/";
        }
        return operation.equals(RegisterOperations.SEARCH) ? page + query(query, PRIMARYS_QUERY) : page;
    }

    private static String query(Map<String, String> query, Map<String, String> names) {
        var out = new StringJoiner("&", "?", "").setEmptyValue("");
        query.forEach((name, value) -> {
            String other = names.get(name);
            if (other != null && !value.isBlank()) {
                out.add(other + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return out.toString();
    }
}
