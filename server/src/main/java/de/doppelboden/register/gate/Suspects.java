package de.doppelboden.register.gate;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.journal.Appended;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.Journal;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.identity.FormTokens;
import de.doppelboden.register.RegisterOrder;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Notes forms that were on their way to the primary and were not answered, so that the primary is asked what became of them. */
final class Suspects {

    private static final Logger log = LoggerFactory.getLogger(Suspects.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The primary's names of what our interface calls otherwise; other names are alike. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("neueStrasse", "strasse"),
            Map.entry("neueHausnummer", "hausnummer"),
            Map.entry("neuerZusatz", "zusatz"),
            Map.entry("neuePlz", "plz"),
            Map.entry("neuerOrt", "ort"),
            Map.entry("einzugAm", "einzug"),
            Map.entry("nachname", "familienname"),
            Map.entry("gebdat", "geburtsdatum"),
            Map.entry("staat", "staatsangehoerigkeit"),
            Map.entry("herkunft", "zuzugsland"));

    /** Other keys could be anything; their forms are looked at by a person. */
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Journal journal;
    private final FormTokens opaque;
    private final InstantSource clock;

    /** @param opaque makes the same opaque id of a clerk as the counter does */
    Suspects(Journal journal, FormTokens opaque, InstantSource clock) {
        this.journal = journal;
        this.opaque = opaque;
        this.clock = clock;
    }

    /** False if it could not be noted: then only the form in the clerk's hands knows of it. */
    boolean note(Task task, long epoch) {
        var appended = journal.suspect(entry(task, epoch));
        if (appended instanceof Appended.Unavailable away) {
            log.warn("an unanswered {} could not be noted: {}", task.operation().name(), away.reason());
            return false;
        }
        return true;
    }

    private JournalEntry entry(Task task, long epoch) {
        var found = task.found();
        var form = task.form();
        String idempotencyKey = found.settings()
                .idempotencyField()
                .map(form::get)
                .filter(value -> UUID_FORM.matcher(value).matches())
                .orElseGet(() -> "unkeyed-" + UUID.randomUUID());
        String base = found.settings().baseField().map(form::get).orElse("");
        return new JournalEntry(
                0,
                idempotencyKey,
                task.operation().name(),
                task.key().orElseGet(() -> new Key("arrival", idempotencyKey)),
                base,
                payload(task, base),
                opaque.tokenFor("actor/" + task.clerk().login()).substring(0, 16),
                task.clerk().office(),
                clock.instant(),
                EntryState.SUSPECT,
                epoch);
    }

    private String payload(Task task, String base) {
        var fields = new LinkedHashMap<String, String>();
        task.form().forEach((name, value) -> {
            if (!name.startsWith("_") && name.length() <= 64) {
                fields.put(NAMES.getOrDefault(name, name), value);
            }
        });
        task.found().settings().idempotencyField().ifPresent(fields::remove);
        task.found().settings().baseField().ifPresent(fields::remove);
        return RegisterOrder.Kind.of(task.operation().name())
                .map(kind -> new RegisterOrder(
                                kind,
                                task.om(),
                                base,
                                fields,
                                task.clerk().login(),
                                task.clerk().office(),
                                clock.instant())
                        .json())
                .orElseGet(() -> JSON.writeValueAsString(fields));
    }
}
