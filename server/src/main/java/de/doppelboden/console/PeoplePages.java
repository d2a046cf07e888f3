package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.identity.Accounts;
import de.doppelboden.identity.Identity;
import de.doppelboden.identity.Person;
import de.doppelboden.identity.Role;
import de.doppelboden.identity.Session;
import de.doppelboden.identity.Sessions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The people who may log in: list, create, disable, a new password. For operators. */
@Controller
final class PeoplePages {

    private final Identity identity;
    private final Sessions sessions;
    private final Evidence evidence;

    PeoplePages(Identity identity, Sessions sessions, Evidence evidence) {
        this.identity = identity;
        this.sessions = sessions;
        this.evidence = evidence;
    }

    @GetMapping("/personen")
    ModelAndView page() {
        return page(new Form("", "", "", Set.of()), "", "", HttpStatus.OK);
    }

    @PostMapping("/personen")
    ModelAndView create(
            @RequestParam(defaultValue = "") String kennung,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String dienststelle,
            @RequestParam(defaultValue = "") List<String> rolle,
            @AuthenticationPrincipal Session session) {
        Form form = new Form(kennung.strip(), name.strip(), dienststelle.strip(), Set.copyOf(rolle));
        String password = identity.oneTimePassword();
        Person person = new Person(form.login, form.name, form.office, roles(rolle), true, true);
        return switch (identity.accounts().create(person, password)) {
            case Accounts.Change.Done done -> {
                evidence.note("", "act.person", "A person was created with the roles " + person.roles(), session);
                yield given("people.created", form.login, password);
            }
            case Accounts.Change.Rejected rejected ->
                page(form, t("people.error." + rejected.field()), "", HttpStatus.BAD_REQUEST);
            case Accounts.Change.NotNow later ->
                page(form, t("password.error.later"), "", HttpStatus.SERVICE_UNAVAILABLE);
        };
    }

    @PostMapping("/personen/{login}/{act}")
    ModelAndView change(
            @PathVariable String login, @PathVariable String act, @AuthenticationPrincipal Session session) {
        Form empty = new Form("", "", "", Set.of());
        if (login.equals(session.login())) {
            return page(empty, t("people.error.SELF"), "", HttpStatus.BAD_REQUEST);
        }
        Accounts accounts = identity.accounts();
        String password = identity.oneTimePassword();
        Accounts.Change change = switch (act) {
            case "sperren" -> accounts.setActive(login, false);
            case "zulassen" -> accounts.setActive(login, true);
            case "kennwort" -> accounts.resetPassword(login, password);
            default -> new Accounts.Change.Rejected(Accounts.Change.Field.NOBODY);
        };
        return switch (change) {
            case Accounts.Change.Done done -> {
                sessions.endAllOf(login);
                evidence.note("", "act.person", "A person was changed: " + english(act), session);
                yield act.equals("kennwort")
                        ? given("people.reset", login, password)
                        : page(empty, "", t("people.done." + act, login), HttpStatus.OK);
            }
            case Accounts.Change.Rejected rejected ->
                page(empty, t("people.error." + rejected.field()), "", HttpStatus.BAD_REQUEST);
            case Accounts.Change.NotNow later ->
                page(empty, t("password.error.later"), "", HttpStatus.SERVICE_UNAVAILABLE);
        };
    }

    private ModelAndView given(String key, String login, String password) {
        ModelAndView page = page(new Form("", "", "", Set.of()), "", t(key, login), HttpStatus.OK);
        page.addObject("password", password);
        return page;
    }

    private ModelAndView page(Form form, String error, String done, HttpStatus status) {
        Map<String, Object> model = new HashMap<>();
        model.put("people", identity.accounts().all());
        model.put("login", form.login);
        model.put("name", form.name);
        model.put("office", form.office);
        model.put("chosen", form.roles);
        model.put("error", error);
        model.put("done", done);
        return new ModelAndView("console/people", model, status);
    }

    private static Set<Role> roles(List<String> names) {
        Set<Role> roles = new HashSet<>();
        Arrays.stream(Role.values()).filter(role -> names.contains(role.name())).forEach(roles::add);
        return roles;
    }

    private static String english(String act) {
        return switch (act) {
            case "sperren" -> "disabled";
            case "zulassen" -> "enabled";
            default -> "a new password was given";
        };
    }

    private record Form(String login, String name, String office, Set<String> roles) {}
}
