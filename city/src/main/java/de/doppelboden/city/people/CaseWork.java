package de.doppelboden.city.people;

import de.doppelboden.city.people.Browser.Seen;
import de.doppelboden.city.people.Citizen.Errand;
import de.doppelboden.city.people.Citizen.Outcome;
import de.doppelboden.city.people.Page.Form;
import de.doppelboden.city.people.Page.Side;
import de.doppelboden.city.population.Clerk;
import de.doppelboden.city.population.Resident;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A clerk's work on one case, page by page: she looks at the page before her, knows both applications, and does what comes next.
 * One thread at a time.
 */
final class CaseWork {

    /** What comes next. */
    private enum Phase {
        SEARCH,
        VIEW,
        FORM,
        SUBMIT,
        /** A form was sent and no answer came: she looks whether it was done. */
        CHECK
    }

    private static final String PERSON = "(/notbetrieb)?/person/";
    private static final String TODAY = "2019-09-24";

    private final Citizen citizen;
    private final Clerk clerk;
    private final Browser browser;

    private Phase phase;
    private @Nullable Page page;
    private String path = "/";
    private long om;
    private Optional<Outcome> outcome = Optional.empty();

    CaseWork(Citizen citizen, Clerk clerk, Browser browser) {
        this.citizen = citizen;
        this.clerk = clerk;
        this.browser = browser;
        this.om = citizen.errand() == Errand.ARRIVAL ? 0 : citizen.who().om();
        this.phase = citizen.errand() == Errand.ARRIVAL ? Phase.FORM : Phase.SEARCH;
    }

    /** What one action came to. */
    record Step(String what, boolean write, boolean right, Seen seen, String vorgang, boolean acknowledged) {}

    Citizen citizen() {
        return citizen;
    }

    /** How it ended; empty as long as it has not. */
    Optional<Outcome> outcome() {
        return outcome;
    }

    long om() {
        return om;
    }

    /** True when the next action sends a form that changes something. */
    boolean sendsNext() {
        return phase == Phase.SUBMIT && !atLogIn();
    }

    /** The vorgang of the form that is sent next. */
    String vorgang() {
        return sendsNext()
                ? form().map(f -> f.fields().getOrDefault("vorgang", "")).orElse("")
                : "";
    }

    Step next() throws InterruptedException {
        if (atLogIn()) {
            return logIn();
        }
        return switch (phase) {
            case SEARCH -> search();
            case VIEW -> view();
            case FORM -> form(browser.get(formPath()));
            case SUBMIT -> submit();
            case CHECK -> check();
        };
    }

    private boolean atLogIn() {
        return page != null && page.kind().equals("anmeldung");
    }

    private Step logIn() throws InterruptedException {
        Optional<Form> form = page == null ? Optional.empty() : page.formWith("kennwort");
        Seen seen = form.isEmpty()
                ? browser.get("/anmeldung")
                : browser.submit(
                        form.get().filled(Map.of("kennung", clerk.login(), "kennwort", clerk.password())), path);
        look(seen);
        boolean in = page != null && page.side() != Side.NEITHER && !atLogIn();
        phase = citizen.errand() == Errand.ARRIVAL ? Phase.FORM : Phase.SEARCH;
        return step("anmeldung", in, seen);
    }

    /** With the search form before her, or from the bookmark. */
    private Step search() throws InterruptedException {
        Resident who = citizen.who();
        Map<String, String> typed = Map.of(
                "nachname", who.familyName(),
                "familienname", who.familyName(),
                "vorname", who.callName(),
                "gebdat", who.birthDate(),
                "geburtsdatum", who.birthDate());
        Optional<Form> form = page == null
                ? Optional.empty()
                : page.formWith("nachname", "familienname").filter(f -> !f.posts());
        Seen seen = form.isPresent()
                ? browser.submit(form.get().filled(typed), path)
                : browser.get("/suche?nachname=" + encoded(who.familyName()) + "&vorname=" + encoded(who.callName())
                        + "&gebdat=" + who.birthDate());
        look(seen);
        boolean found = page != null && page.link(PERSON + om).isPresent();
        phase = found ? Phase.VIEW : phase;
        return step("suche", found, seen);
    }

    private Step view() throws InterruptedException {
        Seen seen = browser.get(
                page == null ? "/person/" + om : page.link(PERSON + om).orElse("/person/" + om));
        look(seen);
        boolean right = page != null
                && page.kind().equals("person")
                && page.text().contains(citizen.who().familyName());
        if (!right) {
            phase = Phase.SEARCH;
        } else if (citizen.errand() == Errand.VIEW) {
            outcome = Optional.of(Outcome.SERVED);
        } else {
            boolean formHere = page != null && page.formWith("art").isPresent();
            phase = citizen.errand() == Errand.CIVIL_ACT && formHere ? Phase.SUBMIT : Phase.FORM;
        }
        return step("person", right, seen);
    }

    private String formPath() {
        if (citizen.errand() == Errand.ARRIVAL) {
            Optional<String> link = page == null ? Optional.empty() : page.link(wantedPath());
            return link.orElse("/zuzug");
        }
        Optional<String> link = page == null ? Optional.empty() : page.link(wantedPath());
        return link.orElse("/person/" + om + "/" + citizen.errand().word());
    }

    /** Where the errand's form is, in either application; a page that leads there is as good as the form. */
    private String wantedPath() {
        return citizen.errand() == Errand.ARRIVAL
                ? "(/notbetrieb)?/zuzug"
                : PERSON + om + "/" + citizen.errand().word();
    }

    /** What comes when she opens the form, or for the errands without one the certificate or the refusal. */
    private Step form(Seen seen) {
        look(seen);
        if (citizen.errand() == Errand.CERTIFICATE) {
            boolean right = seen instanceof Seen.Document
                    || page != null
                            && page.kind().equals("bescheinigung")
                            && page.text().contains(citizen.who().familyName());
            outcome = right ? Optional.of(Outcome.SERVED) : Optional.empty();
            phase = right ? phase : Phase.SEARCH;
            return step(citizen.errand().word(), right, seen);
        }
        if (refusedOnStandby(seen)) {
            outcome = Optional.of(Outcome.ON_PAPER);
            return step(citizen.errand().word(), true, seen);
        }
        boolean right = form().isPresent();
        boolean onTheWay = !right && page != null && page.link(wantedPath()).isPresent();
        phase = right ? Phase.SUBMIT : onTheWay || citizen.errand() == Errand.ARRIVAL ? Phase.FORM : Phase.SEARCH;
        return step(citizen.errand().word(), right || onTheWay, seen);
    }

    /** The form before her for this errand. */
    private Optional<Form> form() {
        return page == null
                ? Optional.empty()
                : page.forms().stream()
                        .filter(f -> f.posts() && f.fields().containsKey("vorgang"))
                        .filter(f -> citizen.errand() != Errand.CIVIL_ACT
                                || f.fields().containsKey("art"))
                        .findFirst();
    }

    /** A page of the standby that says why it cannot be done now and what to do instead. */
    private boolean refusedOnStandby(Seen seen) {
        return citizen.errand() == Errand.CIVIL_ACT
                && seen instanceof Seen.Shown shown
                && shown.status() == 403
                && shown.page().side() == Side.STANDBY;
    }

    private Step submit() throws InterruptedException {
        Optional<Form> form = form();
        if (form.isEmpty()) {
            phase = citizen.errand() == Errand.ARRIVAL ? Phase.FORM : Phase.SEARCH;
            return next();
        }
        String vorgang = form.get().fields().getOrDefault("vorgang", "");
        Seen seen = browser.submit(form.get().filled(entries()), path);
        look(seen);
        if (page != null && done(page)) {
            boolean provisional = page.kind().equals("beleg");
            outcome = Optional.of(provisional ? Outcome.PROVISIONAL : Outcome.SERVED);
            return new Step(citizen.errand().word(), true, true, seen, vorgang, true);
        }
        if (refusedOnStandby(seen)) {
            outcome = Optional.of(Outcome.ON_PAPER);
            return step(citizen.errand().word(), true, seen);
        }
        if (page != null && page.side() == Side.STANDBY && form().isPresent()) {
            return new Step(citizen.errand().word(), true, true, seen, vorgang, false);
        }
        phase = page != null && page.kind().equals("konflikt") ? Phase.SEARCH : Phase.CHECK;
        boolean conflict = page != null && page.kind().equals("konflikt");
        return new Step(citizen.errand().word(), true, conflict, seen, vorgang, false);
    }

    /** She looks whether the entry is there; if it is, it was done. */
    private Step check() throws InterruptedException {
        if (citizen.errand() == Errand.ARRIVAL || citizen.errand() == Errand.CIVIL_ACT) {
            phase = citizen.errand() == Errand.ARRIVAL ? Phase.FORM : Phase.SEARCH;
            return next();
        }
        Seen seen = browser.get("/person/" + om);
        look(seen);
        boolean right = page != null && page.kind().equals("person");
        if (right && page != null && page.text().contains(citizen.mark())) {
            boolean standby = page.side() == Side.STANDBY;
            outcome = Optional.of(standby ? Outcome.PROVISIONAL : Outcome.SERVED);
            return new Step("person", false, true, seen, "", true);
        }
        phase = right ? Phase.FORM : Phase.CHECK;
        return step("person", right, seen);
    }

    private static boolean done(Page page) {
        return page.kind().equals("beleg")
                || page.kind().equals("ausgefuehrt")
                || page.side() == Side.PRIMARY && page.text().contains("ausgeführt");
    }

    private Map<String, String> entries() {
        Resident who = citizen.who();
        var entries = new HashMap<String, String>();
        both(entries, "strasse", "neueStrasse", citizen.address().street());
        both(entries, "hausnummer", "neueHausnummer", citizen.address().number());
        both(entries, "zusatz", "neuerZusatz", citizen.mark());
        both(entries, "plz", "neuePlz", citizen.address().postalCode());
        both(entries, "ort", "neuerOrt", citizen.address().town());
        both(entries, "einzug", "einzugAm", TODAY);
        both(entries, "familienname", "nachname", who.familyName());
        both(entries, "geburtsdatum", "gebdat", who.birthDate());
        both(entries, "staatsangehoerigkeit", "staat", who.nationality());
        both(entries, "zuzugsland", "herkunft", who.nationality());
        entries.put("vornamen", who.forenames());
        entries.put("geburtsname", who.birthName());
        entries.put("geschlecht", who.gender());
        entries.put("grund", "Gefahr, Az. " + citizen.mark());
        entries.put("art", "Eheschließung");
        return entries;
    }

    private static void both(Map<String, String> entries, String one, String other, String value) {
        entries.put(one, value);
        entries.put(other, value);
    }

    private void look(Seen seen) {
        switch (seen) {
            case Seen.Shown shown -> {
                page = shown.page();
                path = shown.path();
            }
            case Seen.Document document -> page = null;
            case Seen.Nothing nothing -> page = null;
        }
    }

    private static Step step(String what, boolean right, Seen seen) {
        return new Step(what, false, right, seen, "", false);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
