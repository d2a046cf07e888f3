package de.doppelboden.city.register;

import de.doppelboden.city.fault.Fault;
import de.doppelboden.city.fault.Storage;
import java.util.Map;
import java.util.Optional;

/** The page of the model city on which its storage is broken and repaired. It stands outside the storage. */
final class FaultPage {

    private final Storage storage;

    FaultPage(Storage storage) {
        this.storage = storage;
    }

    Reply answer(Request request) {
        String route = request.method() + " /" + String.join("/", request.path());
        return switch (route) {
            case "GET /" -> page();
            case "GET /status" -> status();
            case "POST /fault" -> set(request);
            default -> Reply.html(404, View.plain("fehler", "Nicht gefunden", null, "Diese Seite gibt es nicht."));
        };
    }

    private Reply page() {
        return Reply.html(
                200,
                Template.fill(
                        "fault.html",
                        Map.of("fault", storage.fault().word(), "waiting", Integer.toString(storage.waiting()))));
    }

    private Reply status() {
        return Reply.json(
                200,
                Json.object()
                        .put("fault", storage.fault().word())
                        .put("waiting", storage.waiting())
                        .toString());
    }

    /** A browser that was led here by a page of somebody else is refused. */
    private Reply set(Request request) {
        Optional<Fault> wanted = Fault.named(request.form().getOrDefault("kind", ""));
        String site = request.header("Sec-Fetch-Site");
        if (wanted.isEmpty() || site.equals("cross-site")) {
            return Reply.problem(
                    422,
                    Json.problem(422, "Keine solche Störung", "kind: ok, limp, hang, fail, lie, dead oder cold.")
                            .toString());
        }
        storage.set(wanted.get());
        return request.header("Accept").contains("application/json") ? status() : Reply.seeOther("/");
    }
}
